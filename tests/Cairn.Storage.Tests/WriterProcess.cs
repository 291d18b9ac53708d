using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Storage.Tests;

/// <summary>A process that commits numbers, prints each one when it is acknowledged, and never stops by itself.</summary>
internal static class WriterProcess
{
    public const string Argument = "--write-until-killed";

    public static Process Start(DatabaseOptions options)
    {
        var start = new ProcessStartInfo
        {
            FileName = Environment.ProcessPath!,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in new[] { Argument, options.Engine.ToString(), options.Target, options.BlobFolder ?? "" })
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = arguments[1] == nameof(DatabaseEngine.Sqlite)
            ? DatabaseOptions.Sqlite(arguments[2], arguments[3])
            : DatabaseOptions.PostgreSql(arguments[2]);
        var services = new ServiceCollection().AddSingleton<IMigrations, ShipMigrations>().AddCairnStorage(options);
        await using var provider = services.BuildServiceProvider();
        var database = provider.GetRequiredService<IDatabase>();
        var next = 1 + await database.ReadAsync(s => s.GetAsync<int>("SELECT count(*) FROM ships"), default);
        // Ends when it is killed, and also when the tests are: then nobody holds the other end of standard input.
        var orphaned = Task.Run(Console.In.ReadToEnd);
        for (; !orphaned.IsCompleted; next++)
        {
            var id = next.ToString("d8", CultureInfo.InvariantCulture);
            await database.WriteAsync(Durability.Full, async s =>
            {
                await s.ExecuteAsync(Ship.Insert, Ship.Named(id) with { Log = new byte[2_000] });
                s.Announce("default", "ships", id);
            }, default);
            Console.WriteLine(id);
        }
        return 0;
    }
}
