namespace Cairn.Models;

/// <summary>The <c>models</c> section by which calls are made now; a changed <c>cairn.yaml</c> replaces it.</summary>
internal sealed class ModelsInForce(ModelsDeclaration first)
{
    private volatile ModelsDeclaration _now = first;

    public ModelsDeclaration Now => _now;

    public void Set(ModelsDeclaration models) => _now = models;

    public static implicit operator ModelsInForce(ModelsDeclaration models) => new(models);
}
