using System.Globalization;

namespace Cairn.Training;

/// <summary>An option of an estimator and the values that it takes.</summary>
public sealed record EstimatorOption(string Name, OptionForm Form, double Least = 0, double Most = 0)
{
    /// <returns>What is expected, where the text is no value of this option; else null.</returns>
    public string? Expects(string text)
    {
        var fits = Form switch
        {
            OptionForm.Truth => text is "true" or "false",
            OptionForm.Whole => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                && whole >= Least && whole <= Most,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= Least
                && number <= Most,
        };
        return fits ? null : Form switch
        {
            OptionForm.Truth => "true or false",
            OptionForm.Whole => FormattableString.Invariant($"a whole number from {Least} to {Most}"),
            _ => FormattableString.Invariant($"a number from {Least} to {Most}"),
        };
    }
}
