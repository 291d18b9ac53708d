using System.Collections.Frozen;

namespace Cairn.Knowledge;

/// <summary>
/// Words of English and German that carry grammar and no subject matter. They are indexed and searched for, but whether a sentence holds
/// them says nothing about whether it answers.
/// </summary>
internal static class FunctionWords
{
    private static readonly FrozenSet<string> Words =
        """
        a an the of in on at to for from by with and or but is are was were be been being am do does did done has have had having it its this that these those
        there here their theirs they them he she his her hers him himself herself itself themselves i me my you your yours we us our ours as not no nor than then so such
        if else into onto over under about after before between during through up down out off can could may might must shall should will would ought
        what which who whom whose when where why how much many also any some each every both either neither other another own same very just only
        because while until upon within without per via too again once s t
        der die das den dem des ein eine einen einem einer eines und oder aber ist sind war waren sein wird werden wurde wurden worden hat haben hatte hatten
        es er sie wir ihr ihre ihren ihrem ihrer ich du man mich dich sich uns euch im am an auf aus bei mit nach von vom vor zu zum zur für durch über unter
        nicht kein keine keinen keiner als auch nur noch wie was wer wen wem wessen wann wo warum weshalb wieso welche welcher welches welchen welchem
        viel viele vielen dass daß wenn weil ob doch schon sehr so da dies diese dieser dieses diesen diesem kann können konnte muss müssen soll sollen darf dürfen
        wohin woher womit wodurch wofür worin woran
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> ReferringWords =
        """
        it its he she his her they their them this these that those such er sie es seine sein ihre ihr diese dieser dieses diesem dies deren dessen dort
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> QuestionWords =
        """
        what which who whom whose when where why how was wer wen wem wessen wann wo wie
        warum weshalb wieso welche welcher welches welchen welchem wohin woher womit wodurch wofür worin woran
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Pronouns =
        "it its he she they his her their this these him them er sie ihn ihm ihr ihre ihren dies diese dieser dieses".Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(ReadOnlySpan<char> word) => Words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>"How long", "wie oft": what the question word measures is no subject matter.</summary>
    public static bool Measures(ReadOnlySpan<char> how, ReadOnlySpan<char> word)
        => (how.Equals("how", StringComparison.OrdinalIgnoreCase) || how.Equals("wie", StringComparison.OrdinalIgnoreCase))
           && word is "long" or "soon" or "often" or "far" or "fast" or "late" or "lange" or "oft" or "weit" or "schnell" or "bald";

    /// <summary>A word at a sentence's start that stands for something named before.</summary>
    public static bool Refers(ReadOnlySpan<char> word) => ReferringWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>A word that opens a question and asks for something.</summary>
    public static bool Asks(ReadOnlySpan<char> word) => QuestionWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>An index term that stands for something named elsewhere.</summary>
    public static bool IsPronoun(string term) => Pronouns.Contains(term);
}
