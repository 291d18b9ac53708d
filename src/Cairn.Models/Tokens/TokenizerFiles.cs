using System.Collections.Concurrent;
using System.Collections.Immutable;
using Cairn.Learning;

namespace Cairn.Models;

/// <summary>The <c>tokenizer.json</c> files that the workspace names, each read at its first use.</summary>
internal sealed class TokenizerFiles(ImmutableDictionary<ModelName, string> files)
{
    private readonly ConcurrentDictionary<ModelName, Lazy<Tokenizer>> _known = new();

    /// <returns>null when the workspace names no file for this model.</returns>
    /// <exception cref="CairnException"><c>tokenizer.unreadable</c>: the file is not there or says what cannot be followed.</exception>
    public Tokenizer? Find(ModelName model)
        => files.TryGetValue(model, out var file) ? _known.GetOrAdd(model, _ => new(() => Load(model, file))).Value : null;

    private static Tokenizer Load(ModelName model, string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Tokenizer.Load(stream);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CairnException(ErrorKind.Environment, "tokenizer.unreadable",
                $"The tokenizer of {model} cannot be read from {file}: {e.Message}",
                "Mend models.tokenizers in cairn.yaml; without an entry tokens are estimated.", e);
        }
    }
}
