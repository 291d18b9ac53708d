namespace Cairn.Storage;

internal sealed record PendingChange(string Tenant, string Topic, string Entity);
