namespace Cairn.Models;

[Flags]
public enum ModelAbilities
{
    None = 0,
    Chat = 1,
    Tools = 2,
    Vision = 4,
    Audio = 8,
    JsonSchema = 16,
    Reasoning = 32,
    Embeddings = 64,
}
