namespace Cairn.Learning;

internal enum AggregateKind
{
    Count,
    Sum,
    Mean,
    Min,
    Max,
    Std,
    Median,
    First,
    Last,
    Distinct,
}
