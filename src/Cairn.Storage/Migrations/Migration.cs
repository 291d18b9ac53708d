namespace Cairn.Storage;

/// <summary>
/// One step of a module's schema, applied once, in order of <see cref="Number"/>, in its own transaction. The text runs on both engines;
/// where they differ, <see cref="PostgreSql"/> replaces it there. In <see cref="Sql"/>, <c>{id}</c> is an identity primary key column type
/// and <c>{blob}</c> the engine's byte type.
/// </summary>
public sealed record Migration(string Module, int Number, string Sql, string? PostgreSql = null);
