using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>
/// A read <c>app.yaml</c>: what this version of Cairn can serve of it. What it cannot is an error of reading, never ignored.
/// </summary>
public sealed record AppManifest
{
    public const string FileName = "app.yaml";

    public required string Name { get; init; }

    public required string Title { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The prompt's path in the app's folder, with forward slashes.</summary>
    public required string Prompt { get; init; }

    public UnsupportedSentences Unsupported { get; init; }

    /// <summary>A route or <c>provider/model</c>.</summary>
    public string Model { get; init; } = "default";

    /// <summary>Empty: every source the caller may see.</summary>
    public ImmutableArray<AppKnowledge> Knowledge { get; init; } = [];

    /// <summary>Subjects who may ask the app.</summary>
    public ImmutableArray<string> Use { get; init; } = [Subject.Everyone];

    /// <summary>For the model's whole answer; null: the provider's own limits.</summary>
    public TimeSpan? Timeout { get; init; }

    public bool MayBeUsedBy(Principal caller) => caller.IsOwner || Use.Any(caller.Subjects.Contains);

    /// <param name="name">The path as messages name it, such as <c>apps/assistant/app.yaml</c>.</param>
    public static AppManifest Parse(string text, string name) => new AppManifestReader(name).Read(text);
}
