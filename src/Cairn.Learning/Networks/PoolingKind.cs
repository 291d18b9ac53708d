namespace Cairn.Learning;

public enum PoolingKind
{
    Max,
    Average,
}
