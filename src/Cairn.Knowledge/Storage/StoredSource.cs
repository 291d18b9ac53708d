namespace Cairn.Knowledge;

/// <summary>A source as it stands in the database; a retired one is no longer declared and hides its documents.</summary>
internal sealed record StoredSource(SourceDefinition Definition, bool Retired, DateTimeOffset? LastIngested);
