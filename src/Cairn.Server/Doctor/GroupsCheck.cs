using System.Collections.Immutable;
using Cairn.Apps;
using Cairn.Identity;
using Cairn.Models;

namespace Cairn.Server;

/// <summary>
/// Groups that <c>cairn.yaml</c> names and nobody made: a rule for such a group meets nobody. A warning and no mistake, because a group may
/// be made later.
/// </summary>
internal sealed partial class GroupsCheck(CairnHostOptions options, WorkspaceFile started, IPeople people, ILogger<GroupsCheck> logger)
    : IDoctorCheck
{
    private static readonly string Prefix = Subject.ForGroup("");

    /// <summary>By the only caller of <see cref="LogAsync"/>, the watch of the file, one time after the other.</summary>
    private ImmutableHashSet<string> _told = [];

    public int Order => 310;

    /// <summary>Of the file as it is now; one that is wrong is told elsewhere, and what was read at the start is looked at.</summary>
    public async Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        var file = started;
        try
        {
            file = WorkspaceFile.Load(options.Workspace, options.ProviderKinds);
        }
        catch (CairnException)
        {
            // WorkspaceWatch tells what is wrong with it.
        }
        return await FindAsync(file, cancellationToken);
    }

    /// <summary>Says in the log what the doctor would say of this file, and what the log said of the one before only once.</summary>
    public async Task LogAsync(WorkspaceFile file, CancellationToken cancellationToken)
    {
        var findings = (await FindAsync(file, cancellationToken)).Where(f => f.Status == DoctorStatus.Warning).ToList();
        foreach (var finding in findings.Where(f => !_told.Contains(f.Detail)))
            LogUnknown(finding.Detail, finding.Fix!);
        _told = [.. findings.Select(f => f.Detail)];
    }

    private async Task<IReadOnlyList<DoctorFinding>> FindAsync(WorkspaceFile file, CancellationToken cancellationToken)
    {
        var named = Named(file).ToLookup(n => n.Group, n => n.Place);
        if (named.Count == 0)
            return [];
        var there = (await people.GroupsAsync(Principal.Owner(), cancellationToken)).Select(g => g.Name).ToList();
        if (there.Count == 0)
        {
            // A workspace that is new: what is misspelt shows against the first group that is made.
            var names = string.Join(", ", named.Select(n => n.Key).Order(StringComparer.Ordinal));
            return [new("groups", DoctorStatus.Ok, $"cairn.yaml names groups ({names}), and there is none yet: their rules meet nobody.")];
        }
        return [.. named.Where(n => !there.Contains(n.Key)).OrderBy(n => n.Key, StringComparer.Ordinal)
            .Select(n => Unknown(n.Key, n.Distinct(), there))];
    }

    private static DoctorFinding Unknown(string group, IEnumerable<string> places, List<string> there)
    {
        var near = Nearest.To(group, there) is { } name ? $"Did you mean '{name}'? Else make" : "Correct cairn.yaml, or make";
        return new($"group {group}", DoctorStatus.Warning,
            $"cairn.yaml names the group '{group}' ({string.Join(", ", places)}), and there is no such group; "
                + $"there are {string.Join(", ", there)}.",
            $"{near} it: cairn group set {group} user:NAME");
    }

    private static IEnumerable<(string Group, string Place)> Named(WorkspaceFile file)
        => file.Sources.SelectMany(s => s.Access.SelectMany(rule => rule.Access.Allow.Concat(rule.Access.Deny))
                .Select(subject => (subject, $"sources.{s.Name}")))
            .Concat(file.Budgets.Rules.Select(r => (r.For.Text, "budgets")))
            .Concat(file.Limits.Rules.Where(r => r.For is not null).Select(r => (r.For!.Text, "limits")))
            .Where(s => s.Item1.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(s => (s.Item1[Prefix.Length..], s.Item2));

    [LoggerMessage(LogLevel.Warning, "{Detail} {Fix}")]
    private partial void LogUnknown(string detail, string fix);
}
