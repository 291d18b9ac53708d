using System.Text.Json;
using Cairn.Storage;
using Cairn.Work;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cairn.Knowledge;

/// <summary>
/// Keeps declared folders ingested: all of them at start, then those that say <c>watch</c> whenever something below them changes and is at
/// rest again, and now and then anyway, because watchers lose events and a folder may be on a disk that has none.
/// </summary>
internal sealed partial class SourceWatch(
    IDatabase database, IJobs jobs, IngestionOptions options, TimeProvider time, ILogger<SourceWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var sources = await database.ReadAsync(s => SourceStore.ListAsync(s, Tenants.Default), stoppingToken);
            await Task.WhenAll(sources
                .Where(s => s is { Retired: false, Definition: { Declared: true, Roots.IsEmpty: false } })
                .Select(s => FollowAsync(s.Definition, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host whose start fails (its port is in use) stops its services before it calls itself stopping, and would report this as a
            // crash.
        }
    }

    private async Task FollowAsync(SourceDefinition source, CancellationToken cancellationToken)
    {
        using var changed = new Signal();
        using var watcher = source.Watch ? Watch(source.Roots[0].Folder, changed) : null;
        await IngestAsync(source.Name, rescan: false, cancellationToken);
        while (source.Watch)
        {
            if (await changed.WaitAsync(options.WatchRescan, time, cancellationToken))
            {
                // Wait until the folder has been at rest for a while; what happens during the ingestion starts another one.
                while (await changed.WaitAsync(options.WatchPause, time, cancellationToken))
                    cancellationToken.ThrowIfCancellationRequested();
            }
            await IngestAsync(source.Name, rescan: true, cancellationToken);
        }
    }

    /// <summary>Ingests the whole source and waits, so that a change that comes meanwhile is not taken for done.</summary>
    private async Task IngestAsync(string source, bool rescan, CancellationToken cancellationToken)
    {
        var input = JsonSerializer.Serialize(new IngestInput { Source = source, Rescan = rescan }, KnowledgeJson.Default.IngestInput);
        try
        {
            var job = await jobs.EnqueueAsync(
                new JobRequest
                {
                    Tenant = Tenants.Default,
                    Kind = IIngestion.JobKind,
                    Input = input,
                    Key = $"watch:{source}",
                    MaxAttempts = 1,
                }, cancellationToken);
            await foreach (var state in jobs.FollowAsync(job.Tenant, job.Id, cancellationToken))
            {
                if (state.Status == JobStatus.Failed)
                    LogFailed(source, state.Error);
            }
        }
        catch (CairnException e)
        {
            // A full disk or an absent database must not end the watch, and the server with it; the next look comes by itself.
            LogFailed(source, e.Message);
        }
    }

    private FileSystemWatcher? Watch(string folder, Signal changed)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => changed.Set();
            watcher.Created += (_, _) => changed.Set();
            watcher.Deleted += (_, _) => changed.Set();
            watcher.Renamed += (_, _) => changed.Set();
            watcher.Error += (_, e) =>
            {
                LogLostEvents(folder, e.GetException().Message);
                changed.Set();
            };
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            LogNotWatched(folder, e.Message, options.WatchRescan);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The source {Source} could not be ingested: {Error}")]
    private partial void LogFailed(string source, string? error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Some changes below {Folder} went unnoticed ({Error}); looking through all of it")]
    private partial void LogLostEvents(string folder, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Folder} cannot be watched ({Error}); it is looked through every {Rescan} instead")]
    private partial void LogNotWatched(string folder, string error, TimeSpan rescan);
}
