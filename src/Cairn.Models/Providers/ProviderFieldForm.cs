namespace Cairn.Models;

public enum ProviderFieldForm
{
    /// <summary>A text that may hold references.</summary>
    Text,

    /// <summary>An address with http or https; may hold references.</summary>
    Address,

    /// <summary>References alone: it never stands in a file under Git.</summary>
    Secret,

    /// <summary>A file, relative to the workspace; its absolute path is what the kind gets.</summary>
    Path,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Truth,

    /// <summary>A whole number above zero.</summary>
    Whole,

    /// <summary>Names with texts.</summary>
    Map,
}
