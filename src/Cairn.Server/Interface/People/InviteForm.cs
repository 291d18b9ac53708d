namespace Cairn.Server;

/// <summary>What the owner typed to invite somebody.</summary>
/// <param name="Groups">As typed: names, separated by commas.</param>
/// <param name="Role">Empty: a member.</param>
public sealed record InviteForm(string Name, string Groups, string Role);
