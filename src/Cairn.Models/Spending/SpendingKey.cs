namespace Cairn.Models;

/// <summary>What a row of the ledger sums over.</summary>
internal readonly record struct SpendingKey(string Tenant, DateOnly Day, string? User, string? Key, string? App, ModelName Model);
