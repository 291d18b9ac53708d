namespace Cairn.Learning;

/// <summary>Several vectorisers' columns side by side: words beside characters, say.</summary>
public sealed class VectoriserUnion(params IReadOnlyList<ITextVectoriser> parts) : ITextVectoriser, IStorable
{
    public void Fit(IReadOnlyList<string> texts)
    {
        foreach (var part in parts)
            part.Fit(texts);
    }

    public SparseMatrix Transform(IReadOnlyList<string> texts) => SparseMatrix.Beside([.. parts.Select(p => p.Transform(texts))]);

    void IStorable.Exchange(ModelState state)
    {
        var given = parts.ToArray();
        state.Parts("parts", ref given);
        state.Require(given.Length > 0, "there is no vectoriser");
        parts = given;
    }
}
