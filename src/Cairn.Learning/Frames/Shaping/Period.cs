namespace Cairn.Learning;

public enum Period
{
    Hour,
    Day,

    /// <summary>From Monday.</summary>
    Week,
    Month,
    Quarter,
    Year,
}
