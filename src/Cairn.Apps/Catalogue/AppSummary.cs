namespace Cairn.Apps;

public sealed record AppSummary(string Name, string Title, string Description);
