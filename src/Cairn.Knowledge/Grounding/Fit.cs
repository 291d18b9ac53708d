namespace Cairn.Knowledge;

/// <summary>
/// Whether a unit holds a thing of the kind that is asked for, other than what the question itself names. <see cref="Nearness"/> is 1 over
/// the distance in words from such a thing to the nearest asked term.
/// </summary>
internal readonly record struct Fit(double Fits, bool FitsNot, double Nearness, bool GivesReason, bool Defines)
{
    public static Fit Of(Question question, EvidenceUnit unit)
    {
        var fitting = AnswerTypes.Fitting(question.Type);
        var (fits, nearness, reason, defines) = (0.0, 0.0, false, false);
        var (lastAsked, lastFitting) = (-1, -1);
        for (var i = 0; i < unit.Words.Length; i++)
        {
            var word = unit.Words[i];
            if (word.Asked >= 0)
            {
                nearness = lastFitting >= 0 ? Math.Max(nearness, 1.0 / (i - lastFitting)) : nearness;
                lastAsked = i;
            }
            else if (AnswerTypes.Fit(question.Type, word.Kinds) is var fit and > 0)
            {
                fits = Math.Max(fits, fit);
                nearness = lastAsked >= 0 ? Math.Max(nearness, 1.0 / (i - lastAsked)) : nearness;
                lastFitting = i;
            }
            reason |= question.Type == AnswerType.Reason && IsReason(word.Term);
            defines |= question.Type == AnswerType.Definition && i is > 0 and < 12 && lastAsked >= 0 && i - lastAsked <= 2
                && IsCopula(word.Term);
        }
        return new Fit(fits, fitting != WordKinds.None && fits == 0, nearness, reason, defines);
    }

    private static bool IsReason(string term)
        => term is "becaus" or "due" or "sinc" or "order" or "caus" or "result" or "therefor" or "reason" or "weil" or "wegen" or "aufgrund"
            or "damit" or "denn" or "so";

    private static bool IsCopula(string term)
        => term is "is" or "are" or "was" or "were" or "mean" or "refer" or "call" or "ist" or "sind" or "bedeutet" or "defin";
}
