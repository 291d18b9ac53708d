namespace Cairn.Models;

/// <param name="Masked">Enough to tell two keys apart: <c>••••3f9a</c>, or only dots for a short one.</param>
public sealed record StoredSecret(string Name, string Masked, DateTimeOffset Changed);
