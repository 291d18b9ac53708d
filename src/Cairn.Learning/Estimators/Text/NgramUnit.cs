namespace Cairn.Learning;

/// <summary>What n-grams of a text are made of.</summary>
public enum NgramUnit
{
    /// <summary>Runs of two or more letters, digits or underscores.</summary>
    Word,

    /// <summary>Characters inside words; a word has a blank before and behind it.</summary>
    CharacterInWord,
}
