using System.Text.RegularExpressions;

namespace Cairn.Architecture.Tests;

/// <summary>How the code reads, as far as a machine can hold it.</summary>
public sealed partial class FormTests
{
    [Fact]
    public void No_source_file_is_longer_than_600_lines()
    {
        var tooLong = Repository.SourceFiles().Select(f => (f, File.ReadLines(f).Count())).Where(x => x.Item2 > 600).ToList();
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Lines_of_code_end_at_140_columns()
    {
        var tooLong = Repository.AllCode()
            .SelectMany(f => LongLines(f).Select(line => $"{Path.GetRelativePath(Repository.Root, f)}:{line}"))
            .ToList();
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Sql_stays_in_a_module_s_storage_folder()
    {
        var strays = Repository.SourceFiles()
            .Where(f => !f.Contains("/Storage/", StringComparison.Ordinal) && !f.Contains("Cairn.Storage/", StringComparison.Ordinal))
            .Where(f => SqlStatement().IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(Repository.Root, f))
            .ToList();
        Assert.Empty(strays);
    }

    /// <summary>
    /// The numbers of lines that are too long; a line may go on for a text that it holds, and inside of a text over several lines.
    /// </summary>
    private static IEnumerable<int> LongLines(string file)
    {
        var (number, inText) = (0, false);
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.Length > 140 && !inText && !line.Contains('"') && !line.StartsWith('#'))
                yield return number;
            if (Fence().Count(line) % 2 == 1)
                inText = !inText;
        }
    }

    [GeneratedRegex("\"{3,}")]
    private static partial Regex Fence();

    [GeneratedRegex(@"""\s*(SELECT\s.+\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+TABLE\s)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex SqlStatement();
}
