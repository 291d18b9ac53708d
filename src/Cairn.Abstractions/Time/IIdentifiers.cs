namespace Cairn.Abstractions;

/// <summary>Where new identifiers come from; injected, so that tests are repeatable.</summary>
public interface IIdentifiers
{
    /// <summary>A new identifier, sortable by time, 26 lower-case characters of Crockford base 32 (ULID).</summary>
    string New();
}
