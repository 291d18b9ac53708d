namespace Cairn.Knowledge;

/// <summary>What a word of a passage could be the answer to, judged from its form and its neighbours.</summary>
[Flags]
internal enum WordKinds
{
    None = 0,
    Number = 1,
    NumberWord = 2,
    Year = 4,
    Month = 8,
    Money = 16,
    Percent = 32,

    /// <summary>A unit of time or a clock time.</summary>
    Time = 64,

    /// <summary>Capitalised inside a sentence.</summary>
    Name = 128,

    Function = 256,
}
