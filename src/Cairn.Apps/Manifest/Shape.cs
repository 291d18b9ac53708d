using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>
/// The fields that a mapping may have. Its name is that of the definition in the format's JSON Schema; a test compares the two.
/// </summary>
internal sealed record Shape(string Name, params ImmutableArray<string> Fields);
