namespace Cairn.Models;

/// <summary>Where a key belongs, and what <c>cairn.yaml</c> lacks for it to be used.</summary>
/// <param name="Secret">What <c>${secret:NAME}</c> calls it.</param>
/// <param name="Undeclared">The provider that the file does not declare yet.</param>
/// <param name="Keyless">The name of a provider that the file declares without an <c>apiKey</c>.</param>
public sealed record KeyPlace(string Secret, ProviderSnippet? Undeclared = null, string? Keyless = null);
