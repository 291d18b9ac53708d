using System.Collections.Frozen;

namespace Cairn.Knowledge;

/// <summary>
/// Words of English and German that end in a full stop without ending a sentence, and words that usually begin one. Compared without case.
/// </summary>
internal static class Abbreviations
{
    /// <summary>Something always follows: titles, "that is", "compare".</summary>
    private static readonly FrozenSet<string> Titles = Words(
        """
        mr mrs ms mx dr prof rev fr hon gen col lt sgt capt cmdr adm maj gov sen rep pres st ste mt messrs supt insp
        vs cf viz e.g i.e eg ie approx ca c circa resp esp incl excl dept dist est tel attn re asst
        hr fr dipl ing mag lic dres sr.dr frhr präs vors
        z.b d.h u.a u.ä i.d.r z.t z.zt i.d.f i.s.d i.s.v i.v.m m.a.w o.g s.o s.u v.a bzw bspw ggf evtl sog insb inkl exkl zzgl abzgl einschl vgl gem lt ungef
        geb gest verh str hrsg bearb übers allg ehem ev kath jap engl frz dt lat griech
        """);

    /// <summary>An abbreviation only before a number: "No. 4", "Art. 5", "Abs. 2".</summary>
    private static readonly FrozenSet<string> Numbered = Words(
        """
        no nos nr nrn art arts sec secs sect fig figs figures eq eqs p pp vol vols ch chap cl para paras pt app annex ed reg regs tab ref item
        abs abschn kap bd anl anm aufl s z c ziff rn rdnr bl tz lfd pos
        jan feb mar apr jun jul aug sep sept oct okt nov dec dez mär
        min max ext rm flr fl op
        """);

    /// <summary>Often the last word of a sentence: "etc.", "Ltd.", "p.m.".</summary>
    private static readonly FrozenSet<string> Ends = Words(
        """
        etc usw usf inc ltd co corp bros plc llc jr sr esq al ibid dgl a.m p.m am pm u.s u.k u.n e.u d.c a.d b.c ph.d m.d b.a m.a gmbh st ave blvd rd sq hrs std mio mrd tsd
        """);

    /// <summary>What numbers with a stop count in German: "am 3. Oktober", "im 19. Jahrhundert".</summary>
    private static readonly FrozenSet<string> Counted = Words(
        """
        januar februar märz april mai juni juli august september oktober november dezember jänner jahrhundert jahrhunderts jahrhunderte kapitel abschnitt stock
        etage tag tages monat quartal woche klasse platz mal jahrestag geburtstag auflage lebensjahr weltkrieg weltkriegs weltkrieges bundesliga juli
        """);

    private static readonly FrozenSet<string> Starters = Words(
        """
        the a an in on at it its it's this that these those he she they we you i his her their our there here when where while after before since if as for from by with
        but and however although though because during under over both each all some many most several no not one two three what who why how which once until
        according despite since then thus therefore moreover furthermore also its another other such to
        der die das den dem des ein eine einer einem einen es er sie wir ihr ich im am an auf in bei mit nach von vor zu zum zur für durch über unter
        dies diese dieser dieses diesem jene wenn als weil da dann danach seit bis während obwohl aber und oder doch jedoch auch nicht kein keine alle viele einige
        """);

    public static bool IsTitle(ReadOnlySpan<char> word) => Has(Titles, word);

    public static bool NeedsNumber(ReadOnlySpan<char> word) => Has(Numbered, word);

    public static bool MayEnd(ReadOnlySpan<char> word) => Has(Ends, word);

    public static bool IsCounted(ReadOnlySpan<char> word) => Has(Counted, word);

    public static bool IsStarter(ReadOnlySpan<char> word) => Has(Starters, word);

    private static bool Has(FrozenSet<string> words, ReadOnlySpan<char> word)
        => word.Length <= 20 && words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static FrozenSet<string> Words(string list)
        => list.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
