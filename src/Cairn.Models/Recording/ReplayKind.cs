using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>
/// <c>kind: replay</c>: another kind whose HTTP traffic comes from a recording. With <c>record: true</c> it calls the real provider
/// and writes the recording instead (docs/replay.md).
/// </summary>
internal sealed class ReplayKind(ImmutableArray<IProviderKind> kinds) : IProviderKind
{
    private const string As = "as", Recording = "recording", Match = "match", Record = "record";
    private static readonly Uri Nowhere = new("http://replay.invalid/v1");

    public string Name => "replay";

    public ImmutableArray<ProviderField> Fields =>
    [
        new(Recording, ProviderFieldForm.Path, Required: true),
        new(As), new(Match), new(Record, ProviderFieldForm.Truth),
        .. kinds.SelectMany(k => k.Fields).Select(f => f with { Required = false }).DistinctBy(f => f.Name),
    ];

    public Uri? AddressOf(ProviderConnection connection) => Records(connection) ? KindOf(connection).AddressOf(connection) : null;

    public IUpstream Open(ProviderConnection connection, string model)
    {
        var kind = KindOf(connection);
        var file = new RecordingFile(connection.Option(Recording)!);
        return kind.Open(Records(connection) ? Recorded(connection, kind, file) : Replayed(connection, kind, file), model);
    }

    private static ProviderConnection Recorded(ProviderConnection connection, IProviderKind kind, RecordingFile file)
    {
        var secrets = connection.Headers.Select(h => h.Value)
            .Concat(kind.Fields.Where(f => f.Form == ProviderFieldForm.Secret).Select(f => connection.Option(f.Name)))
            .Append(connection.ApiKey).OfType<string>().Where(s => s.Length >= 8).ToImmutableArray();
        var root = kind.AddressOf(connection)!;
        // Only the provider's own traffic: a sign-in elsewhere answers with a token.
        return With(connection, connection.BaseUrl, connection.ApiKey,
            address => address.Authority == root.Authority && address.AbsolutePath.StartsWith(root.AbsolutePath, StringComparison.Ordinal)
            ? new(new RecordingHandler(connection.Http(address), root, file, secrets))
            : connection.Http(address));
    }

    private static ProviderConnection Replayed(ProviderConnection connection, IProviderKind kind, RecordingFile file)
    {
        var match = connection.Option(Match) switch
        {
            null or "strict" => ReplayMatch.Strict,
            "fuzzy" => ReplayMatch.Fuzzy,
            var other => throw Wrong(connection, $"'{other}' is no match; write strict or fuzzy"),
        };
        var handler = new HttpMessageInvoker(new ReplayHandler(connection.Provider,
            kind.AddressOf(With(connection, Nowhere.AbsoluteUri, null, connection.Http))!, file, match));
        return With(connection, Nowhere.AbsoluteUri, "replayed", _ => handler);
    }

    private static bool Records(ProviderConnection connection) => connection.Option(Record) == "true";

    private IProviderKind KindOf(ProviderConnection connection)
    {
        var name = connection.Option(As) ?? "openai";
        return kinds.FirstOrDefault(k => k.Name == name)
            ?? throw Wrong(connection,
                $"'{name}' is no kind that calls by HTTP; write one of {string.Join(", ", kinds.Select(k => k.Name))}");
    }

    private static ProviderFailureException Wrong(ProviderConnection connection, string what)
        => new("provider.missing", connection.Provider, what, $"Mend '{connection.Provider}' in cairn.yaml.");

    private static ProviderConnection With(
        ProviderConnection connection, string? baseUrl, string? key, Func<Uri, HttpMessageInvoker> http) => new()
    {
        Provider = connection.Provider,
        BaseUrl = baseUrl,
        ApiKey = key,
        Headers = connection.Headers,
        Query = connection.Query,
        Options = connection.Options,
        Script = connection.Script,
        Limits = connection.Limits,
        Time = connection.Time,
        Http = http,
    };
}
