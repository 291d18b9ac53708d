using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Learning.Tests;

/// <summary>
/// The C# of the page that maps Python's names to ours: each section is one script, each pair a block of its own behind what the section
/// begins with.
/// </summary>
[Collection("lessons")]
public sealed partial class PythonNamesTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(LessonTests.Root, "docs/learn/python.md"));

    public static TheoryData<string> Sections()
        => [.. SectionPattern().Split(Page)[1..].Select(s => s[..s.IndexOf('\n', StringComparison.Ordinal)])];

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_csharp_of_every_pair_compiles_and_runs(string section)
    {
        var text = Array.Find(SectionPattern().Split(Page), s => s.StartsWith(section + "\n", StringComparison.Ordinal))!;
        var blocks = BlockPattern().Matches(text).Select(m => m.Groups["code"].Value).ToList();
        // Names in the pairs say what a result is; most are not read again.
        var script = new StringBuilder("#pragma warning disable CS0219, CS8321\nusing Cairn.Learning;\n").AppendLine(blocks[0]);
        foreach (var block in blocks[1..])
            script.AppendLine("{").AppendLine(block).AppendLine("}");
        script.AppendLine("return 0;");
        Assert.True(blocks.Count > 2, $"'{section}' has {blocks.Count} blocks");
        Assert.Equal(blocks.Count - 1, Regex.Count(text, "```python\n"));
        Assert.Equal(0, LessonScript.Run(script.ToString(), "python.md").Code);
    }

    [Theory]
    [InlineData("NumPy")]
    [InlineData("pandas")]
    [InlineData("Matplotlib")]
    [InlineData("scikit-learn")]
    [InlineData("PyTorch")]
    [InlineData("Hugging Face tokenizers")]
    [InlineData("Hugging Face transformers")]
    [InlineData("MLflow")]
    public void Every_library_has_its_section(string library) => Assert.Contains(library, Sections().Select(s => s.Data));

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex SectionPattern();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex BlockPattern();
}
