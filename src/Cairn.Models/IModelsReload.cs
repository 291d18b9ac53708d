namespace Cairn.Models;

/// <summary>Puts other providers and routes in force without a restart.</summary>
public interface IModelsReload
{
    /// <summary>
    /// Calls that begin from now on are made by these. What has begun goes on as it did. A provider whose declaration is the same keeps its
    /// connections, its health and its counts; the size
    /// of the reply cache and tokenizers stay those of the start.
    /// </summary>
    void Use(ModelsDeclaration models);
}
