namespace Cairn.Knowledge;

/// <summary>What kind of thing a question asks for, as far as its question word says it.</summary>
internal enum AnswerType
{
    Other,
    Date,
    Year,
    Number,
    Money,
    Percent,
    Duration,
    Person,
    Place,
    Reason,
    Definition,
}
