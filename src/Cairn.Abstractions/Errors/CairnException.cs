namespace Cairn.Abstractions;

/// <summary>
/// An error that says what happened, where, and what mends it. Modules derive one type per thing a caller can do something about.
/// The message and the fix are shown to people: no secrets, no stack, second person, no exclamation marks.
/// </summary>
public class CairnException : Exception
{
    public CairnException(ErrorKind kind, string code, string message, string fix, Exception? inner = null)
        : base(CommandHint.In(message), inner)
    {
        Kind = kind;
        Code = code;
        Fix = CommandHint.In(fix);
    }

    public ErrorKind Kind { get; }

    /// <summary>Stable, dotted, lower case: <c>question.empty</c>, <c>workspace.locked</c>.</summary>
    public string Code { get; }

    /// <summary>The command or edit that mends it.</summary>
    public string Fix { get; }
}
