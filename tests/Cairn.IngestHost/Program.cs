using Cairn.IngestHost;
using Cairn.Knowledge;
using Cairn.Sandbox;
using Cairn.Storage;
using Cairn.Work;
using Microsoft.Extensions.DependencyInjection;

// Runs one ingestion job in a process of its own, for tests that kill it: STATE JOB INPUT, where STATE holds the database and INPUT is the
// job's JSON. Says "working" when it begins, and the report when it is done.
var (state, job, input) = (args[0], args[1], args[2]);
var services = new ServiceCollection();
services.AddCairnStorage(DatabaseOptions.Sqlite(Path.Combine(state, "cairn.db"), Path.Combine(state, "blobs")));
services.AddLogging();
services.AddCairnSandbox();
services.AddCairnParsing();
services.AddCairnIngestion(new IngestionOptions { Scratch = Path.Combine(state, "scratch") });
services.AddSingleton<Cairn.Abstractions.IAccess, OwnerAccess>();
await using var provider = services.BuildServiceProvider();
var handler = provider.GetServices<IJobHandler>().Single(h => h.Kind == IIngestion.JobKind);
await provider.GetRequiredService<IDatabase>().OpenAsync(CancellationToken.None);
Console.WriteLine("working");
Console.WriteLine(await handler.RunAsync(new GivenJob(job, input), CancellationToken.None));
