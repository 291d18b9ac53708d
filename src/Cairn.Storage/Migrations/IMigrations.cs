namespace Cairn.Storage;

/// <summary>A module's migrations; each module registers one of these and lists its steps beside its SQL.</summary>
public interface IMigrations
{
    IEnumerable<Migration> All { get; }
}
