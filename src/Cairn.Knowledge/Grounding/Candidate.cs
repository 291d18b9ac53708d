namespace Cairn.Knowledge;

/// <summary>A unit that can be quoted, by its place in its passage.</summary>
internal readonly record struct Candidate(EvidencePassage Passage, int At)
{
    public EvidenceUnit Unit => Passage.Units[At];

    public string Text => Passage.Passage.Text[Unit.Start..Unit.End];
}
