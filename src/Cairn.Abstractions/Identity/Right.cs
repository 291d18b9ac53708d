namespace Cairn.Abstractions;

/// <summary>What a caller may do beside reading documents (reading is decided per document by its <see cref="AccessSet"/>).</summary>
public enum Right
{
    /// <summary>Ask, search, keep conversations: every signed-in user.</summary>
    Use,

    /// <summary>Call models directly, through the gateway: every signed-in user; budgets and limits bound what that costs.</summary>
    CallModels,

    /// <summary>Add and remove documents, start ingestion: owner and builder.</summary>
    Ingest,

    /// <summary>Invite people, change groups, make keys for others: owner.</summary>
    ManagePeople,

    /// <summary>See how the server does, and everyone's traces: owner and builder.</summary>
    Operate,

    /// <summary>Train models, see how they were trained, promote and roll back: owner and builder.</summary>
    Train,

    /// <summary>Set and remove providers' keys: owner.</summary>
    ManageModels,
}
