using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>A node of a parsed YAML file, with where it stands (lines and columns from 1).</summary>
internal abstract record YamlNode(int Line, int Column);

/// <param name="Quoted">True when the text was quoted or a block: then it is text, never a number or a truth value.</param>
internal sealed record YamlScalar(int Line, int Column, string Value, bool Quoted) : YamlNode(Line, Column)
{
    public bool IsNull => !Quoted && Value is "" or "~" or "null";
}

internal sealed record YamlSequence(int Line, int Column, ImmutableArray<YamlNode> Items) : YamlNode(Line, Column);

internal sealed record YamlMapping(int Line, int Column, ImmutableArray<YamlEntry> Entries) : YamlNode(Line, Column);

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
