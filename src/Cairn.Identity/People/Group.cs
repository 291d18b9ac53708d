using System.Collections.Immutable;

namespace Cairn.Identity;

/// <summary>A group and its direct members, each <c>user:NAME</c> or <c>group:NAME</c>, sorted.</summary>
public sealed record Group(string Name, ImmutableArray<string> Members);
