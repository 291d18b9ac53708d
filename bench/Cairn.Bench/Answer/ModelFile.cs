using System.Globalization;
using System.Text;
using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>Writes learned weights as source, one named weight a line, so that a change of them can be read in a diff.</summary>
internal static class ModelFile
{
    public static string Write(GroundingModel model, string command)
    {
        var text = new StringBuilder();
        text.Append(
            $$"""
            namespace Cairn.Knowledge;

            /// <summary>
            /// Learned from the articles of XQuAD (English) with even numbers, inside a pool of 300,000 passages, and the sample company's questions that are
            /// not held out, and its practice questions; made by <c>{{command}}</c>. The weights are in the order of <see cref="SentenceFeatures.Names"/> and <see cref="ConfidenceFeatures.Names"/>. Do not edit: train again.
            /// </summary>
            internal static class ShippedGroundingModel
            {
                public static GroundingModel Value { get; } = new(
                    new LinearModel(
                        [

            """);
        Append(text, model.Ranking, SentenceFeatures.Names);
        text.Append("            ]),\n        new LinearModel(\n            [\n");
        Append(text, model.Confidence, ConfidenceFeatures.Names);
        text.Append(CultureInfo.InvariantCulture,
            $"            ],\n            {model.Confidence.Constant:0.0000}),\n        OperatingPoint: {model.OperatingPoint:0.###});\n}}\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, LinearModel model, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"                /* {names[i]} */ {model.Weights[i]:0.0000},\n");
    }
}
