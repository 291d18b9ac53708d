namespace Cairn.Abstractions;

/// <summary>
/// Where a value came from. Everything but <see cref="Operator"/> and <see cref="User"/> is outside text: data, never instruction.
/// </summary>
[Flags]
public enum Origin
{
    None = 0,

    /// <summary>Files of the workspace, written by who runs it.</summary>
    Operator = 1,

    /// <summary>Typed by the caller.</summary>
    User = 2,

    Document = 4,
    Web = 8,
    Mail = 16,
    Tool = 32,

    /// <summary>Made by a model; never authorisation.</summary>
    Model = 64,

    Untrusted = Document | Web | Mail | Tool | Model,
}
