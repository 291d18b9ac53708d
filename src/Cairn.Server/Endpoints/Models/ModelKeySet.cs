namespace Cairn.Server;

/// <param name="Secret">What <c>${secret:NAME}</c> calls it.</param>
/// <param name="Yaml">What to write into <c>cairn.yaml</c> so that it is used, as the file is now; null when nothing is left to write.</param>
public sealed record ModelKeySet(string Secret, string Masked, string? Yaml);
