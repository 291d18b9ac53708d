using System.Collections.Immutable;
using Cairn.Knowledge;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>A read <c>cairn.yaml</c>. References to the environment and to secrets are unresolved.</summary>
public sealed record WorkspaceFile
{
    public const string FileName = "cairn.yaml";

    /// <summary><c>sqlite</c>, or references that give a PostgreSQL connection string.</summary>
    public required Setting Storage { get; init; }

    public bool UsesSqlite => Storage.Text == "sqlite";

    public ModelsDeclaration Models { get; init; } = ModelsDeclaration.Empty;

    public BudgetsDeclaration Budgets { get; init; } = BudgetsDeclaration.Empty;

    public LimitsDeclaration Limits { get; init; } = LimitsDeclaration.Empty;

    public TelemetryDeclaration Telemetry { get; init; } = TelemetryDeclaration.Empty;

    public KeepDeclaration Keep { get; init; } = KeepDeclaration.Usual;

    public ImmutableArray<SourceDeclaration> Sources { get; init; } = [];

    /// <summary><see cref="StartupSections"/>.</summary>
    internal ImmutableSortedDictionary<string, string> Startup { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// The sections that the two files say differently, of those that a running server keeps until it ends (all but the providers and
    /// routes of <c>models</c>), by their names, such as <c>sources</c> or <c>models.cache</c>.
    /// </summary>
    public ImmutableArray<string> StartupDifferences(WorkspaceFile other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return [.. Startup.Keys.Union(other.Startup.Keys).Order(StringComparer.Ordinal)
            .Where(name => Startup.GetValueOrDefault(name) != other.Startup.GetValueOrDefault(name))];
    }

    /// <summary>
    /// The name of a script that reads differently now than when this file was read, or is gone; null when all are as they were.
    /// </summary>
    public string? ChangedScript()
        => Models.Providers.Select(p => p.Script).FirstOrDefault(s => s is { File: { } file } && TextOf(file) != s.Source) is { } changed
            ? Path.GetFileName(changed.File)
            : null;

    private static string? TextOf(string file)
    {
        try
        {
            return WorkspaceText.Read(file, file);
        }
        catch (CairnException)
        {
            return null;
        }
    }

    /// <param name="folder">Absolute path of the workspace.</param>
    /// <param name="kinds">The kinds of providers that it may declare; null: those that ship.</param>
    /// <exception cref="ManifestException">Every mistake in the file and in the scripts it names.</exception>
    /// <exception cref="CairnException">The file does not exist or cannot be read.</exception>
    public static WorkspaceFile Load(string folder, IReadOnlyList<IProviderKind>? kinds = null)
        => Parse(ReadText(folder), folder, kinds);

    /// <exception cref="CairnException">The file does not exist or cannot be read.</exception>
    public static string ReadText(string folder)
        => WorkspaceText.Read(Path.Combine(folder, FileName), FileName, "name another folder with --workspace");

    public static WorkspaceFile Parse(string text, string folder, IReadOnlyList<IProviderKind>? kinds = null)
        => new WorkspaceFileReader(folder, kinds ?? ProviderKinds.BuiltIn).Read(text);
}
