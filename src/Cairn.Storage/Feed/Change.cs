namespace Cairn.Storage;

/// <summary>One row of the change feed. <see cref="Sequence"/> grows without holes visible to any reader.</summary>
public sealed record Change(long Sequence, string Tenant, string Topic, string Entity);
