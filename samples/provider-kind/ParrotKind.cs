using System.Collections.Immutable;
using Cairn.Models;

namespace Parrot;

/// <summary><c>kind: parrot</c>: a server that takes a text and says it back, a line at a time.</summary>
public sealed class ParrotKind : IProviderKind
{
    public string Name => "parrot";

    public ImmutableArray<ProviderField> Fields { get; } =
        [ProviderField.BaseUrl with { Required = true }, ProviderField.ApiKey, new("mood")];

    public Uri? AddressOf(ProviderConnection connection) => connection.Address();

    public IUpstream Open(ProviderConnection connection, string model) => new ParrotUpstream(connection, model);
}
