namespace Cairn.Models;

public enum ProviderKind
{
    /// <summary>Any OpenAI-compatible endpoint: a service, Ollama, vLLM, llama.cpp.</summary>
    OpenAi,

    /// <summary>Answers from a script file: for tests, demonstrations and drills.</summary>
    Scripted,
}
