using Microsoft.Extensions.AI;

namespace Cairn.Apps;

/// <summary>A piece of a prompt's template.</summary>
internal abstract record PromptPart;

internal sealed record PromptText(string Text) : PromptPart;

/// <summary><c>{{name}}</c></summary>
internal sealed record PromptVariable(string Name) : PromptPart;

/// <summary><c>{{role "system"}}</c>: what follows is said by this role.</summary>
internal sealed record PromptRole(ChatRole Role) : PromptPart;

/// <summary><c>{{history}}</c>: the earlier turns of the conversation stand here.</summary>
internal sealed record PromptHistory : PromptPart;
