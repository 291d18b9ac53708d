using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>A file of the workspace has mistakes: every one, in the order of the file.</summary>
public sealed class ManifestException : CairnException
{
    public ManifestException(IEnumerable<Problem> problems)
        : this([.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column)])
    {
    }

    private ManifestException(ImmutableArray<Problem> problems)
        : base(ErrorKind.Input, "manifest.invalid", string.Join('\n', problems), FixFor(problems))
        => Problems = problems;

    public ImmutableArray<Problem> Problems { get; }

    private static string FixFor(ImmutableArray<Problem> problems)
    {
        var first = problems[0];
        var edit = first.Suggestion is null ? "" : $" and write '{first.Suggestion}'";
        var more = problems.Length switch
        {
            1 => "",
            2 => "; one more mistake is listed with its line",
            _ => $"; {problems.Length - 1} more mistakes are listed with their lines",
        };
        return $"Edit {first.File} line {first.Line}{edit}{more}.";
    }
}
