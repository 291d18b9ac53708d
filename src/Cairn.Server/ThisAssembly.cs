namespace Cairn.Server;

internal static class ThisAssembly
{
    public static string Version { get; } = typeof(ThisAssembly).Assembly.GetName().Version?.ToString(3)
        ?? throw new InvalidOperationException("The assembly has no version.");
}
