namespace Cairn.Learning;

internal interface INgramVisitor
{
    void Visit(ReadOnlySpan<char> ngram);
}
