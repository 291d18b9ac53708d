namespace Cairn.Models;

/// <summary>Makes the message handler through which one provider is called; tests give their own.</summary>
public delegate HttpMessageHandler ProviderTransport(Uri baseUrl, TimeLimits limits);
