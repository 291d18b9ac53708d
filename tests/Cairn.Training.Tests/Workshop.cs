using Cairn.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cairn.Training.Tests;

/// <summary>Training over a fresh database, with a worker that does its jobs.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly ServiceProvider _services;

    private Workshop(TestDatabase test, TrainingOptions options)
    {
        _test = test;
        var services = new ServiceCollection();
        services.AddCairnStorage(test.Options);
        services.AddCairnWork(new WorkOptions { FirstPause = TimeSpan.FromMilliseconds(1) });
        services.AddCairnTraining(options);
        services.AddSingleton<IAccess, EveryBuilder>();
        _services = services.BuildServiceProvider();
    }

    public static Principal Builder { get; } = new() { Tenant = Tenants.Default, User = "ann", Roles = [Roles.Builder] };

    public IExperiments Experiments => Get<IExperiments>();

    public IModelRegistry Registry => Get<IModelRegistry>();

    public IPredictions Predictions => Get<IPredictions>();

    public IBlobs Blobs => Get<IBlobs>();

    /// <summary>Holds the database and its blobs.</summary>
    public string Folder => _test.Folder;

    /// <summary>What does the trainings' jobs, for a test that runs the attempts itself.</summary>
    public IJobHandler Trainer => Get<IEnumerable<IJobHandler>>().Single(h => h.Kind == TrainingJob.JobKind);

    public static async Task<Workshop> OpenAsync(DatabaseEngine engine, TrainingOptions? options = null)
    {
        var shop = new Workshop(await TestDatabase.OpenAsync(engine), options ?? new());
        await shop.Get<IDatabase>().OpenAsync(default);
        foreach (var hosted in shop._services.GetServices<IHostedService>())
            await hosted.StartAsync(default);
        return shop;
    }

    public T Get<T>()
        where T : notnull
        => _services.GetRequiredService<T>();

    /// <summary>Writes data beside the database.</summary>
    public string File(string name, string text)
    {
        var path = Path.Combine(_test.Folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Trains to the end.</summary>
    public async Task<Experiment> TrainAsync(Recipe recipe)
    {
        var last = await Experiments.StartAsync(Builder, recipe, default);
        await foreach (var state in Experiments.FollowAsync(Builder, last.Id, default))
            last = state;
        return last;
    }

    /// <summary>An experiment whose job no worker takes, so that a test runs the attempts itself.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> RecordAsync(Recipe recipe)
    {
        using var data = System.IO.File.OpenRead(recipe.Data.File);
        var job = await Get<IJobs>().EnqueueAsync(new() { Tenant = Tenants.Default, Kind = "by-hand", Input = "" }, default);
        var row = new ExperimentRow
        {
            Tenant = Tenants.Default,
            Id = Get<IIdentifiers>().New(),
            Model = recipe.Name,
            Job = job.Id,
            UserName = "ann",
            Recipe = System.Text.Json.JsonSerializer.Serialize(recipe, TrainingJson.Default.Recipe),
            DataHash = await Blobs.PutAsync(data, default),
            DataBytes = data.Length,
            CodeVersion = "0",
            Created = DateTimeOffset.UnixEpoch,
        };
        await Get<ExperimentStore>().AddAsync(row, default);
        return row.Id;
    }

    /// <summary>A recipe over generated ships; more rows or another estimator by <c>with</c>.</summary>
    public Recipe Ships(string estimator = "boosting", int rows = 300, params (string Name, string Value)[] options) => new()
    {
        Name = "ships",
        Data = new() { File = File("ships.csv", Harbour.Csv(rows)) },
        Target = "delayed",
        Estimator = new()
        {
            Kind = estimator,
            Options = System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(options.Select(o => KeyValuePair.Create(o.Name,
                o.Value))),
        },
        Seed = 5,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in _services.GetServices<IHostedService>().Reverse())
            await hosted.StopAsync(default);
        await _services.DisposeAsync();
        await _test.DisposeAsync();
    }

    private sealed class EveryBuilder : IAccess
    {
        public Task<Principal?> ResolveAsync(string tenant, string user, CancellationToken cancellationToken)
            => Task.FromResult<Principal?>(Builder);

        public bool MayRead(Principal caller, AccessSet access) => true;

        public bool May(Principal caller, Right right)
            => caller.Roles.Contains(Roles.Builder) || (right == Right.CallModels && caller.User is not null);
    }
}
