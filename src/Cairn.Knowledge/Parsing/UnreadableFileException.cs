namespace Cairn.Knowledge;

/// <summary>
/// A file that cannot be made into a document: broken, encrypted, empty, binary, too large, no text layer. It costs itself only.
/// </summary>
public sealed class UnreadableFileException(string code, string reason, string fix, Exception? inner = null)
    : CairnException(ErrorKind.Input, code, reason, fix, inner);
