namespace Cairn.Apps;

/// <summary>An app as it is served: its manifest and its prompt, both without mistakes.</summary>
internal sealed record App(AppManifest Manifest, Prompt Prompt);
