namespace Cairn.Models;

/// <summary>How a model is brought to write what a schema says. Whatever the way, what it writes is validated.</summary>
public enum StructuredMode
{
    /// <summary>The schema is put into the prompt: works with every model.</summary>
    Prompt,

    /// <summary>The provider takes the schema as it is.</summary>
    Native,

    /// <summary>The provider takes the subset that OpenAI calls strict: <see cref="StrictSchema"/> brings the schema into it.</summary>
    Strict,
}
