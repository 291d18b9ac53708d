namespace Cairn.Learning;

internal enum SliceKind
{
    Range,
    Position,
    NewAxis,
    Rest,
}
