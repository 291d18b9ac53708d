namespace Cairn.Knowledge;

/// <summary>What the last ingestion that touched a document did to it. The numbers stand in the database.</summary>
internal enum Outcome
{
    Unchanged = 0,
    Added = 1,
    Updated = 2,
    Removed = 3,
    Failed = 4,
}
