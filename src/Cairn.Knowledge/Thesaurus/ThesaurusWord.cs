namespace Cairn.Knowledge;

/// <summary>A word or phrase of the thesaurus. <see cref="Key"/>: its index terms, parted by spaces.</summary>
/// <param name="Term">What a passage is searched for: the only term, or a phrase's only content word; null for a phrase with
/// several.</param>
internal readonly record struct ThesaurusWord(string Key, string? Term, bool IsPhrase)
{
    /// <param name="written">Words of a phrase are joined by underscores.</param>
    public static ThesaurusWord Of(string written)
    {
        var text = written.Replace('_', ' ');
        var terms = Analyzer.Analyze(text).Where(t => !t.Joined).ToList();
        var content = terms.Where(t => !FunctionWords.Contains(text.AsSpan(t.Start, t.End - t.Start))).ToList();
        var term = terms.Count == 1 ? terms[0].Term : content.Count == 1 ? content[0].Term : null;
        return new ThesaurusWord(string.Join(' ', terms.Select(t => t.Term)), term, terms.Count > 1);
    }
}
