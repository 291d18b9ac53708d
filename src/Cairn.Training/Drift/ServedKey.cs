namespace Cairn.Training;

/// <summary>A version of a model within one hour.</summary>
internal sealed record ServedKey(string Tenant, string Model, int Version, DateTimeOffset Hour);
