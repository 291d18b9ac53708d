namespace Cairn.Models;

/// <summary>
/// What a cache by meaning would do at a distance, over questions of which is known whose answers are the same: each is asked in turn, and
/// gets the reply of the nearest question before it that was answered by a model, or is answered by one itself.
/// </summary>
/// <param name="Distance">Up to which a reply was given again.</param>
/// <param name="Asked">Questions.</param>
/// <param name="Hits">Those that got another one's reply.</param>
/// <param name="Wrong">Of these, those whose own answer is another.</param>
public sealed record SimilarityTrial(double Distance, int Asked, int Hits, int Wrong)
{
    /// <param name="questions">In the order asked: a vector each, of any length but all of one, and what stands for its answer.</param>
    /// <param name="distances">One trial each.</param>
    public static IReadOnlyList<SimilarityTrial> Run(
        IReadOnlyList<(float[] Vector, string Answer)> questions, IReadOnlyList<double> distances)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(distances);
        var asked = questions.Select(q => (Unit: AskedQuestions.Unit(q.Vector), q.Answer)).ToList();
        return [.. distances.AsParallel().AsOrdered().Select(d => RunAt(asked, d))];
    }

    private static SimilarityTrial RunAt(List<(float[]? Unit, string Answer)> questions, double distance)
    {
        var answered = new List<(float[] Unit, string Answer)>();
        var (hits, wrong) = (0, 0);
        foreach (var (unit, answer) in questions)
        {
            // Without a direction it is like no other.
            if (unit is null)
                continue;
            var (least, nearest) = (double.PositiveInfinity, "");
            foreach (var (known, its) in answered)
            {
                if (AskedQuestions.Distance(known, unit) is var far && far < least)
                    (least, nearest) = (far, its);
            }
            if (least > distance)
            {
                answered.Add((unit, answer));
                continue;
            }
            hits++;
            wrong += nearest == answer ? 0 : 1;
        }
        return new(distance, questions.Count, hits, wrong);
    }
}
