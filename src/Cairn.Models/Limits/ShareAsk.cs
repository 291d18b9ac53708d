namespace Cairn.Models;

/// <param name="Filled">Parts that the last minute still fills.</param>
internal sealed record ShareAsk(string Key, int Parts, long Filled, long Wanted);
