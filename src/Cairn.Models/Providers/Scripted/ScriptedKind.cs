using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>A model that follows a script (docs/scripted-model.md): for tests, demonstrations and drills.</summary>
internal sealed class ScriptedKind : IProviderKind
{
    public string Name => "scripted";

    public ImmutableArray<ProviderField> Fields { get; } = [new("script", ProviderFieldForm.Path, Required: true)];

    public Uri? AddressOf(ProviderConnection connection) => null;

    public IUpstream Open(ProviderConnection connection, string model) => new ScriptedUpstream(connection, model);
}
