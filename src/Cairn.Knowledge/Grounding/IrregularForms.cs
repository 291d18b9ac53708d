using System.Collections.Frozen;

namespace Cairn.Knowledge;

/// <summary>
/// One form for the forms of English verbs that share no beginning (<c>wrote</c>, <c>write</c>), so that a question in one tense meets a
/// sentence in another. Keys and values are index terms.
/// </summary>
internal static class IrregularForms
{
    private static readonly FrozenDictionary<string, string> Base = Read(
        """
        become became; begin began begun; bear bore born borne; break broke broken; bring brought; build built; buy bought; catch caught; choose chose chosen;
        come came; cut; deal dealt; die dead death; draw drew drawn; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt;
        fight fought; find found; fly flew flown flight; forbid forbade forbidden; forget forgot forgotten; forgive forgave; freeze froze frozen; get got gotten;
        give gave given; go went gone; grow grew grown growth; hang hung; hide hid hidden; hold held; keep kept; know knew known; lay laid; lead led; leave left;
        lend lent loan; lie lay lain; lose lost loss; make made; mean meant; meet met; pay paid payment; rise rose risen; run ran; say said; see saw seen; seek sought;
        sell sold sale; send sent; shoot shot; show shown; sing sang sung song; sink sank sunk; sit sat; speak spoke spoken; spend spent; split; spread;
        stand stood; steal stole stolen; stick stuck; strike struck; swear swore sworn; sweep swept; swim swam; take took taken; teach taught; tell told; think thought;
        throw threw thrown; understand understood; wear wore worn; win won; write wrote written; live life; choose choice; use usage; able ability; long length; high height;
        deep depth; wide width; strong strength; old age; heavy weight; big large; fast speed; far distance; child children; man men; woman women; foot feet
        """);

    /// <summary>The common form, or the term itself.</summary>
    public static string Of(string term) => Base.GetValueOrDefault(term, term);

    private static FrozenDictionary<string, string> Read(string groups)
    {
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in groups.Split(';', StringSplitOptions.TrimEntries))
        {
            var terms = group.Split(' ').Select(word => Analyzer.Analyze(word)[0].Term).ToList();
            foreach (var term in terms)
                forms.TryAdd(term, terms[0]);
        }
        return forms.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
