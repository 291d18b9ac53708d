namespace Cairn.Knowledge;

/// <summary>A file of the index is missing, cut off or altered. The index is derived, so whoever opens it makes it again.</summary>
internal sealed class DamagedIndexException(string path, string what, Exception? inner = null)
    : CairnException(ErrorKind.Environment, "index.damaged", $"The index file {path} is damaged: {what}.",
        "Nothing: the index is made again from the database. To force it, stop Cairn and delete .cairn/index.", inner);
