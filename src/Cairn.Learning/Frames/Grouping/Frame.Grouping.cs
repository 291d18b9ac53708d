namespace Cairn.Learning;

public sealed partial class Frame
{
    /// <summary>Rows by equal values; missing values are a group of their own.</summary>
    public FrameGroups GroupBy(params string[] columns) => new(this, columns);
}
