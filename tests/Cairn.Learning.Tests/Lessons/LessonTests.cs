using System.Runtime.CompilerServices;

namespace Cairn.Learning.Tests;

/// <summary>Alone, since a lesson prints to the console. Some learn for a second: that is what they show.</summary>
[CollectionDefinition("lessons", DisableParallelization = true)]
public sealed class LessonsAlone;

/// <summary>Every lesson refuses to pass unanswered, and passes with the answer kept beside these tests.</summary>
[Collection("lessons")]
public sealed class LessonTests
{
    internal static readonly string Root = RootOf();

    public static TheoryData<string> Lessons()
        => [.. Directory.GetFiles(Path.Combine(Root, "docs/learn"), "*.cs").Select(f => Path.GetFileNameWithoutExtension(f))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_passes_with_the_answer_and_not_without_it(string name)
    {
        var path = PathOf(name);
        var script = File.ReadAllText(path);
        var answer = File.ReadAllText(Path.Combine(Root, "tests/Cairn.Learning.Tests/Lessons/Answers", name + ".txt"));
        var unanswered = LessonScript.Run(script, path);
        Assert.True(unanswered.Code == 1 && unanswered.Output.Contains("Not yet", StringComparison.Ordinal), unanswered.Output);
        var answered = LessonScript.Run(LessonScript.Answered(script, answer), path);
        Assert.True(answered.Code == 0 && answered.Output.Contains("Passed", StringComparison.Ordinal), answered.Output);
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void An_answer_may_use_what_the_lesson_defines_since_its_stub_is_not_static(string name)
    {
        var stub = File.ReadLines(PathOf(name)).SkipWhile(l => l != "// --- your turn ---").TakeWhile(l => l != "// --- the check ---").ToList();
        Assert.Contains(stub, l => l.Contains("NotImplementedException", StringComparison.Ordinal));
        Assert.DoesNotContain(stub, l => l.StartsWith("static ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_index_names_every_lesson()
    {
        var index = File.ReadAllText(Path.Combine(Root, "docs/learn/README.md"));
        Assert.NotEmpty(Lessons());
        Assert.All(Lessons(), l => Assert.Contains($"({l.Data}.cs)", index, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("03-gradient-descent",
        "static (double Position, double Velocity) Step(double position, double velocity, double gradient, double rate) => (position - rate * gradient, 0);\n")]
    [InlineData("01-arrays", "static NdArray<double> Standardise(NdArray<double> values) => (values - values.Mean()) / values.Std();\n")]
    [InlineData("08-network",
        "static Net Gradients(Net net, NdArray<double> x, NdArray<double> wanted) => new(net.W1 * 0.0, net.B1 * 0.0, net.W2 * 0.0, net.B2 * 0.0);\n")]
    [InlineData("07-clusters-and-components",
        "static NdArray<double> Project(NdArray<double> rows, int count) => rows.MatMul(Linalg.Svd(rows).Vt[..count].Transpose());\n")]
    [InlineData("09-digits", "static Sequential MakeNetwork(Seeded random) => new(Activation.Flatten, new Linear(784, 10, random));\n")]
    [InlineData("10-freezing-layers", "static Sequential Reuse(Sequential eyes, Seeded random) => new(eyes, new Linear(32, 3, random));\n")]
    [InlineData("11-lstm", "static (NdArray<float> Inputs, NdArray<float> Targets) Windows(ReadOnlySpan<float> series, int length) => (NdArray.Zeros<float>(3, 2, 1), NdArray.Zeros<float>(3, 1));\n")]
    [InlineData("12-mini-gpt",
        "static int Draw(float[] scores, double temperature, int most, Seeded random) => random.Integer(scores.Length);\n")]
    public void A_wrong_answer_does_not_pass(string name, string answer)
        => Assert.Equal(1, LessonScript.Run(LessonScript.Answered(File.ReadAllText(PathOf(name)), answer), PathOf(name)).Code);

    private static string PathOf(string name) => Path.Combine(Root, "docs/learn", name + ".cs");

    private static string RootOf([CallerFilePath] string file = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
