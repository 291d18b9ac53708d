#:project ../../src/Cairn.Learning/Cairn.Learning.csproj
// # 12. A mini-GPT
//
// A language model answers one question, again and again: which token comes next? Everything so far is in it: arrays, gradients, layers, a loop of five steps. This one is small
// enough to learn while you watch, from the words of these lessons.
using System.Runtime.CompilerServices;
using Cairn.Learning;

// ## The text
// The explanations of the lessons, this one included.
var folder = Path.GetDirectoryName(ThisFile())!;
var text = string.Join('\n', Directory.GetFiles(folder, "*.cs").Order(StringComparer.Ordinal)
    .SelectMany(File.ReadLines).Where(l => l.StartsWith("// ", StringComparison.Ordinal) && !l.StartsWith("// ---", StringComparison.Ordinal)).Select(l => l[3..].TrimStart('#', ' ')));
Console.WriteLine($"{text.Length:N0} characters: \"{text[..60]}…\"\n");
static string ThisFile([CallerFilePath] string path = "") => path;

// ## Tokens
// Byte-pair encoding begins with bytes and joins the most frequent pair of neighbours, again and again. Frequent words become one token, rare ones several; nothing is unknown.
var tokenizer = TokenizerTrainer.Train([text], 400);
var tokens = tokenizer.Encode(text);
var words = tokenizer.Encode("The gradient of the loss").Select(t => tokenizer.Decode([t]));
Console.WriteLine($"{tokens.Length:N0} tokens; \"The gradient of the loss\" is {string.Join('|', words)}\n");

// ## Guessing by frequency
// A model that only knows how frequent each token is would be this perplexed: as if it chose between so many equally likely tokens at every place.
var held = tokens.Length / 10;
var (known, fresh) = (tokens[..^held], tokens[^held..]);
var frequency = known.CountBy(t => t).ToDictionary(p => p.Key, p => (p.Value + 1.0) / (known.Length + 400));
var byFrequency = Math.Exp(-fresh.Average(t => Math.Log(frequency.GetValueOrDefault(t, 1.0 / (known.Length + 400)))));
Console.WriteLine($"by frequency alone: perplexity {byFrequency:0}\n");

// ## Your turn
// Draw the next token from its scores. Keep the `most` highest scores; divide them by the temperature; softmax makes probabilities of them (exp of each less the highest, divided by their
// sum); draw one (`random.Choice` takes weights and gives a place). With a small temperature the likeliest wins nearly always, with a large one all of those kept are equally likely.

// --- your turn ---
int Draw(float[] scores, double temperature, int most, Seeded random) => throw new NotImplementedException();
// --- the check ---

try
{
    // The drawing first: it has to give what softmax says, and only from those kept.
    float[] scores = [1, 3, 2, -1];
    var random = new Seeded(12);
    var drawn = Enumerable.Range(0, 4000).Select(_ => Draw(scores, 2, 3, random)).CountBy(t => t).ToDictionary(p => p.Key, p => p.Value / 4000.0);
    if (drawn.ContainsKey(3))
        throw new InvalidOperationException("token 3 has the lowest of four scores and was drawn, though only the three highest should be kept");
    double[] shares = [Math.Exp(-1), 1, Math.Exp(-0.5)];
    foreach (var (token, share) in shares.Select((s, t) => (t, s / shares.Sum())))
    {
        if (Math.Abs(drawn.GetValueOrDefault(token) - share) > 0.04)
            throw new InvalidOperationException($"token {token} should be drawn {share:0%} of the time at temperature 2, and was drawn {drawn.GetValueOrDefault(token):0%}");
    }
    if (Enumerable.Range(0, 100).Any(_ => Draw(scores, 1e-3, 4, random) != 1))
        throw new InvalidOperationException("near temperature 0 the highest score wins");

    random = new Seeded(12);
    var model = new Gpt(new() { Vocabulary = 400, Context = 32, Width = 48, Layers = 2, Heads = 4 }, random);
    var optimiser = Adam.W(model.Parameters(), 4e-3f);
    const int batch = 8, steps = 200;
    for (var step = 0; step < steps; step++)
    {
        // Each row is a piece of the text; the target is the same piece, one token on.
        var starts = random.Integers(0, known.Length - 33, batch).ToArray();
        var inputs = NdArray<int>.Over([.. starts.SelectMany(s => known[s..(s + 32)])], batch, 32);
        var targets = NdArray<int>.Over([.. starts.SelectMany(s => known[(s + 1)..(s + 33)])], batch, 32);
        var loss = model.Loss(inputs, targets);
        optimiser.ZeroGradients();
        loss.Backward();
        optimiser.ClipGradients(1);
        optimiser.Scale(Schedule.Cosine(step, steps, warmUp: 10));
        optimiser.Step();
        if (step % 50 == 0)
            Console.WriteLine($"step {step,3}: loss {loss.Scalar():0.00}");
    }
    var perplexity = TextGenerator.Perplexity(model, fresh);
    Console.WriteLine($"on text that it never saw: perplexity {perplexity:0}, by frequency {byFrequency:0}");

    List<int> written = [.. tokenizer.Encode("The ")];
    using (Tensor.NoGradient())
    {
        while (written.Count < 32)
            written.Add(Draw(model.Forward(NdArray<int>.Over([.. written], 1, written.Count)).Value[0, ^1].ToArray(), 0.8, 20, random));
    }
    Console.WriteLine($"It writes: {tokenizer.Decode([.. written]).ReplaceLineEndings(" ")}");
    if (perplexity > 0.85 * byFrequency)
        throw new InvalidOperationException("it should be less perplexed than guessing by frequency");
    Console.WriteLine("Passed: a language model, from bytes to sentences. Longer training, more text and more layers are all that is missing.");
    return 0;
}
catch (Exception e)
{
    Console.WriteLine($"Not yet: {e.Message}");
    return 1;
}
