namespace Cairn.Models;

/// <summary>
/// A provider could not answer. The message begins with who (<c>local/llama: no answer within 30 s</c>), so that it can stand as the
/// reason of a degraded answer. Codes: <c>provider.timeout, provider.unreachable, provider.closed, provider.html, provider.malformed,
/// provider.key, provider.model, provider.limited, provider.redirect, provider.failed, provider.resting, provider.missing</c>.
/// </summary>
public sealed class ProviderFailureException(string code, string who, string what, string fix, Exception? inner = null)
    : CairnException(ErrorKind.Environment, code, $"{who}: {what}", fix, inner);
