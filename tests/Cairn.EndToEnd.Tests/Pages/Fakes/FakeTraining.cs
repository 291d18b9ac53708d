using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Learning;
using Cairn.Training;

namespace Cairn.EndToEnd.Tests;

/// <summary>What the harbour has trained: which ships come late, and what a berth costs.</summary>
internal sealed class FakeTraining(bool empty) : IExperiments, IModelRegistry, IPredictions
{
    private const string Ended = "01m7zjjg2e1jezenejkjkkfp0s";
    private const string Searched = "01m7zjhh2e1jezenejkjk4q7ta";
    private const string Running = "01m7zjke1dv85jdnrgdfa6x577";
    private const string Broken = "01m7zhaa1dv85jdnrgdf0b3r9d";

    private static readonly ImmutableArray<MetricResult> Metrics =
    [
        new("accuracy", 0.8233, 0.7833, 0.8633, true), new("auc", 0.8885, 0.8477, 0.9224, true),
        new("logLoss", 0.4365, 0.3577, 0.5316, false),
    ];

    private static readonly EstimatorChoice Choice = new()
    {
        Kind = "boosting",
        Options = ImmutableSortedDictionary<string, string>.Empty.Add("learningRate", "0.1").Add("patience", "20").Add("rounds", "60"),
    };

    private static readonly InputSchema Input = new()
    {
        Target = "delayed",
        Task = TaskKind.Classify,
        Classes = ["no", "yes"],
        Fields =
        [
            new("tonnage", FeatureKind.Number, true, 502.8, 8987.3, []),
            new("flag", FeatureKind.Category, true, null, null, ["DE", "NL", "NO", "SE"]),
            new("wind", FeatureKind.Number, false, 0.07, 29.96, []),
            new("Bemerkung des Hafenmeisters", FeatureKind.Text, true, null, null, []),
        ],
    };

    private readonly List<ModelEvent> _events =
    [
        new(1, ModelEvent.Promoted, 1, "anna", HarbourPapers.Now.AddDays(-9)),
        new(2, ModelEvent.Promoted, 2, "anna", HarbourPapers.Now.AddHours(-3)),
    ];

    private static readonly ImmutableArray<Experiment> All =
    [
        Of(Running, ExperimentStatus.Running, HarbourPapers.Now.AddMinutes(-1)) with { Progress = new(2828, 20_000, "round 2828 of 20000",
            32) },
        Of(Ended, ExperimentStatus.Done, HarbourPapers.Now.AddHours(-4)) with { Outcome = Outcome(2) },
        Of(Searched, ExperimentStatus.Done, HarbourPapers.Now.AddDays(-9)) with
        {
            Outcome = Outcome(1) with
            {
                Metrics = [.. Metrics.Select(m => m with { Value = m.Value - 0.03, Lower = m.Lower - 0.03, Upper = m.Upper - 0.03 })],
                Candidates = [Candidate("1", 0.74, 0.71, 0.77), Candidate("3", 0.79, 0.8, 0.78), Candidate("9", 0.77, 0.79, 0.75)],
                Notes = ["'port' is 'Northmoor' in every row and teaches nothing."],
            },
        },
        Of(Broken, ExperimentStatus.Failed, HarbourPapers.Now.AddDays(-10))
            with { Error = "Every row of the target 'delayed' is 'no'; at least two classes are needed. Add rows of another class, or choose another target." },
    ];

    public Task<Experiment> StartAsync(Principal caller, Recipe recipe, CancellationToken cancellationToken)
        => FindAsync(caller, Running, cancellationToken);

    public Task<TrainingPlan> PlanAsync(Principal caller, Recipe recipe, CancellationToken cancellationToken) => recipe.Name == "ship-delay"
        ? Task.FromResult(new TrainingPlan
        {
            Model = recipe.Name,
            Task = TaskKind.Classify,
            DataBytes = 48_231_004,
            Rows = 1_204_311,
            Features = [.. Input.Fields.Select(f => new RecipeFeature(f.Name, f.Kind))],
            Classes = ["no", "yes"],
            Fits = 101,
            Memory = 3.1 * (1L << 30),
            MemoryLeft = 2.2 * (1L << 30),
            MemoryWhole = 9.8 * (1L << 30),
            Notes = ["'port' is 'Northmoor' in every row and teaches nothing."],
        })
        : throw new CairnException(
            ErrorKind.Input, "training.data-file", $"The data file {recipe.Data.File} is not there.",
            "Mend `data: file:` in the recipe; a relative path starts at the recipe.");

    public Task<IReadOnlyList<Experiment>> ListAsync(Principal caller, string? model, int limit, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<Experiment>>(empty ? [] : All);

    public Task<Experiment> FindAsync(Principal caller, string id, CancellationToken cancellationToken)
        => Task.FromResult(All.FirstOrDefault(e => e.Id == id)
            ?? throw new CairnException(ErrorKind.NotFound, "experiment.unknown", $"There is no experiment '{id}'.",
                "See those there are: cairn experiments list"));

    public Task<Experiment> CancelAsync(Principal caller, string id, CancellationToken cancellationToken)
        => FindAsync(caller, id, cancellationToken);

    public Task<Experiment> StopAsync(Principal caller, string id, CancellationToken cancellationToken)
        => FindAsync(caller, id, cancellationToken);

    public Task<IReadOnlyList<CurvePoint>> CurvesAsync(Principal caller, string id, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<CurvePoint>>(id == Broken ? [] : [.. Enumerable.Range(1, 60).SelectMany(r => new CurvePoint[]
        {
            new("training", r, 0.15 + (0.5 * Math.Exp(-r / 18.0))), new("validation", r, 0.36 + (0.3 * Math.Exp(-r / 8.0)) + (r * 0.0006)),
        })]);

    public Task<Stream> OpenArtefactAsync(Principal caller, string id, string name, CancellationToken cancellationToken)
    {
        var svg = new Picture(Charts.Confusion(ConfusionMatrix.Of([0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1, 0]), ["no", "yes"],
            "What was taken for what")).ToSvg();
        return Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(svg)));
    }

    public async IAsyncEnumerable<Experiment> FollowAsync(
        Principal caller, string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await FindAsync(caller, id, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    public async Task<IReadOnlyList<RegisteredModel>> ListAsync(Principal caller, CancellationToken cancellationToken)
        => empty ? [] : [await FindModelAsync("ship-delay"), await FindModelAsync("liegeplatzgebuehrenvorhersage")];

    Task<RegisteredModel> IModelRegistry.FindAsync(Principal caller, string name, CancellationToken cancellationToken)
        => FindModelAsync(name);

    public Task<RegisteredModel> PromoteAsync(Principal caller, string name, int version, CancellationToken cancellationToken)
    {
        _events.Add(new(_events.Count + 1, ModelEvent.Promoted, version, caller.User!, HarbourPapers.Now));
        return FindModelAsync(name);
    }

    public Task<RegisteredModel> RollBackAsync(Principal caller, string name, int? from, CancellationToken cancellationToken)
        => throw new CairnException(ErrorKind.Conflict, "model.first", $"No version of the model '{name}' was live before the one that is.",
            "Promote a version by its number.");

    public Task<PredictionResult> PredictAsync(
        Principal caller, string model, IReadOnlyList<JsonElement> rows, CancellationToken cancellationToken)
        => rows[0].TryGetProperty("wind", out _)
            ? Task.FromResult(new PredictionResult(model, 2,
                [new()
                {
                    Label = "yes",
                    Probabilities = ImmutableSortedDictionary<string, double>.Empty.Add("no", 0.0716).Add("yes", 0.9284),
                }], 0.12))
            : throw new CairnException(ErrorKind.Input, "prediction.input",
                "Row 0 has no value for the field 'wind', and this model refuses missing numbers.", "Send a number for it.");

    public Task<JsonObject> SchemaAsync(Principal caller, string model, CancellationToken cancellationToken)
        => Task.FromResult(Input.ToJsonSchema(model));

    public Task<InputSchema> InputAsync(Principal caller, string model, CancellationToken cancellationToken) => Task.FromResult(Input);

    public Task<Monitoring> MonitorAsync(
        Principal caller, string model, int? version, int hours, CancellationToken cancellationToken) => Task.FromResult(new Monitoring
    {
        Model = model,
        Version = 2,
        Since = HarbourPapers.Now.AddDays(-7),
        Calls = 4502,
        Rows = 6000,
        Refused = 3,
        Failed = 0,
        MedianMilliseconds = 0.1,
        SlowestMilliseconds95 = 0.4,
        Fields =
        [
            new("tonnage", FeatureKind.Number, 0.012, 0, 0, 0, [], DriftState.Stable),
            new("flag", FeatureKind.Category, 0.184, 0, 0, 0.081, ["PA", "LR"], DriftState.Moving),
            new("wind", FeatureKind.Number, 0.412, 0, 0, 0, [], DriftState.Drifted),
            new("Bemerkung des Hafenmeisters", FeatureKind.Text, null, 0.05, 0.06, 0, [], DriftState.Stable),
        ],
        Hours = [],
    });

    private Task<RegisteredModel> FindModelAsync(string name)
    {
        var live = _events[^1].Version;
        return Task.FromResult(new RegisteredModel
        {
            Name = name,
            Live = live,
            Previous = _events.Count > 1 ? _events[^2].Version : null,
            Versions = [Version(2, Ended, live), Version(1, Searched, live)],
            Events = [.. _events.AsEnumerable().Reverse()],
        });
    }

    private static ModelVersion Version(int number, string experiment, int live) => new()
    {
        Version = number,
        Experiment = experiment,
        Hash = new string('a', 64),
        Created = All.First(e => e.Id == experiment).Created,
        IsLive = number == live,
        Outcome = All.First(e => e.Id == experiment).Outcome!,
    };

    private static CandidateResult Candidate(string depth, params double[] scores)
        => new(ImmutableSortedDictionary<string, string>.Empty.Add("maxDepth", depth), [.. scores]);

    private static ExperimentOutcome Outcome(int version) => new()
    {
        Task = TaskKind.Classify,
        TrainRows = 1200,
        TestRows = 300,
        Features = [.. Input.Fields.Select(f => new RecipeFeature(f.Name, f.Kind))],
        Classes = ["no", "yes"],
        Estimator = Choice,
        Metrics = Metrics,
        Importance = new(
            "auc", 0.8885, 5,
            [new("wind", 0.2214, 0.0121), new("Bemerkung des Hafenmeisters", 0.0312, 0.0042), new("flag", 0.0051, 0.0019),
            new("tonnage", -0.0007, 0.0011)]),
        Artefacts = [new("model.safetensors", "application/octet-stream", new string('b', 64), 119_806),
            new("confusion.svg", "image/svg+xml", new string('c', 64), 1785)],
        Version = version,
        Seconds = 0.97,
    };

    private static Experiment Of(string id, ExperimentStatus status, DateTimeOffset created) => new()
    {
        Id = id,
        Model = "ship-delay",
        Status = status,
        Job = "job",
        User = "anna",
        Recipe = new()
        {
            Name = "ship-delay",
            Title = "Which ships come late",
            Data = new() { File = "/srv/harbour/recipes/ships.csv" },
            Target = "delayed",
            Estimator = Choice,
            Seed = 7,
        },
        DataHash = "14bcc7ce70287702" + new string('d', 48),
        DataBytes = 49_136,
        CodeVersion = "0.1.0",
        Created = created,
    };
}
