namespace Cairn.Models;

/// <summary>What is known of models: the workspace's <c>models/catalog.yaml</c> before the one that ships.</summary>
public interface IModelCatalog
{
    /// <returns>null when nothing is known of the model.</returns>
    ModelFacts? Find(ModelName model);
}
