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
    public void Sql_stays_in_a_module_s_storage_folder()
    {
        var strays = Repository.SourceFiles()
            .Where(f => !f.Contains("/Storage/", StringComparison.Ordinal) && !f.Contains("Cairn.Storage/", StringComparison.Ordinal))
            .Where(f => SqlStatement().IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(Repository.Root, f))
            .ToList();
        Assert.Empty(strays);
    }

    [GeneratedRegex(@"""\s*(SELECT\s.+\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+TABLE\s)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex SqlStatement();
}
