using Cairn.Apps;
using Cairn.Models;
using Microsoft.Extensions.Hosting;

namespace Cairn.Server;

/// <summary>
/// Reads <c>cairn.yaml</c> again when it has changed and puts its providers and routes in force; everything else in it waits for the next
/// start, and the log and the doctor name the sections that wait. A file with a mistake changes nothing and says so in the log, the doctor
/// and on the models page; so does one at which something fails that nobody thought of. The text is compared rather than the file's date:
/// that holds on every file system. The scripts of scripted models are read again in the same way.
/// </summary>
internal sealed partial class WorkspaceWatch : BackgroundService, IDoctorCheck
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private static readonly string Restart = CommandHint.In("Stop the server (Ctrl+C where it runs) and start it again: cairn up");

    private readonly CairnHostOptions _options;
    private readonly WorkspaceFile _started;
    private readonly IModelsReload _models;
    private readonly ChangedWorkspace _changed;
    private readonly GroupsCheck _groups;
    private readonly TimeProvider _time;
    private readonly ILogger<WorkspaceWatch> _logger;
    private readonly Lock _lock = new();
    private string _text;

    /// <summary>What is in force, with the scripts as they were read.</summary>
    private volatile WorkspaceFile _inForce;

    /// <summary>The text at which something failed that is no mistake in it.</summary>
    private string? _failed;

    public WorkspaceWatch(
        CairnHostOptions options, WorkspaceFile started, IModelsReload models, ChangedWorkspace changed, GroupsCheck groups,
        TimeProvider time, ILogger<WorkspaceWatch> logger)
    {
        (_options, _started, _models, _changed, _groups, _time, _logger) = (options, started, models, changed, groups, time, logger);
        _inForce = started;
        _text = WorkspaceFile.ReadText(options.Workspace);
    }

    public int Order => 490;

    /// <summary>Reads the file now, whoever changed it.</summary>
    public void Look()
    {
        lock (_lock)
        {
            string? text = null;
            var what = WorkspaceFile.FileName;
            try
            {
                text = WorkspaceFile.ReadText(_options.Workspace);
                if (text == _text && _changed.Refused is null && _inForce.ChangedScript() is { } script)
                    what = script;
                // A mistake may be mended elsewhere: in a script that the file names. A fault of ours is not.
                else if (text == _text && (_changed.Refused is null || text == _failed))
                    return;
                else if (text == _text)
                    what = _changed.What;
                _text = text;
                var file = WorkspaceFile.Parse(text, _options.Workspace, _options.ProviderKinds);
                _models.Use(file.Models);
                _inForce = file;
                if (_changed.Refused is null)
                    LogInForce(what);
                else
                    LogMended(what);
                _changed.Refused = null;
                Wait(_started.StartupDifferences(file));
            }
            catch (CairnException e)
            {
                if (_changed.Refused?.Message != e.Message)
                    LogRefused(what, e.Message, e.Fix);
                (_changed.What, _changed.Refused, _failed) = (what, e, null);
            }
            // It must not end the service: that would stop the server.
            catch (Exception e)
            {
                var refused = new CairnException(
                    ErrorKind.Environment, "workspace.unapplied", $"cairn.yaml could not be put in force: {e.Message}",
                    "The server's log says more. Undo the last change of cairn.yaml, or start the server again.", e);
                if (_changed.Refused?.Message != refused.Message)
                    LogFailed(e);
                (_changed.What, _changed.Refused, _failed) = (what, refused, text);
            }
        }
    }

    public Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        var findings = new List<DoctorFinding>();
        if (_changed.Refused is { } refused)
            findings.Add(new(_changed.What, DoctorStatus.Warning,
                $"It was changed and is not in force; what was read before is. {refused.Message}", refused.Fix));
        if (_changed.Waiting is { Count: > 0 } waiting)
            findings.Add(new(WorkspaceFile.FileName, DoctorStatus.Warning,
                $"What it says of {string.Join(", ", waiting)} was changed and holds from the next start; until then what was read at the "
                + "start does.", Restart));
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(findings);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A command that hosts for itself has read the file a moment ago.
        if (_options.Port is null)
            return;
        var looked = _started;
        await LookAtGroupsAsync(looked, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
            Look();
            if (_inForce is var now && now != looked)
                await LookAtGroupsAsync(looked = now, stoppingToken);
        }
    }

    private async Task LookAtGroupsAsync(WorkspaceFile file, CancellationToken stoppingToken)
    {
        try
        {
            await _groups.LogAsync(file, stoppingToken);
        }
        // A database that does not answer now must not end the service: that would stop the server.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogGroupsUnknown(e);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Wait(IReadOnlyList<string> sections)
    {
        if (sections.Count > 0)
            LogWaiting(string.Join(", ", sections), Restart);
        else if (_changed.Waiting.Count > 0)
            LogWaitsNoMore();
        _changed.Waiting = sections;
    }

    [LoggerMessage(LogLevel.Information,
        "{What} was changed: the providers and routes are in force. Anything else in it holds from the next start.")]
    private partial void LogInForce(string what);

    [LoggerMessage(LogLevel.Warning,
        "cairn.yaml was changed: what it says of {Sections} holds from the next start; until then what was read at the start does. {Fix}")]
    private partial void LogWaiting(string sections, string fix);

    [LoggerMessage(LogLevel.Warning, "cairn.yaml says again what is in force: nothing in it waits for the next start.")]
    private partial void LogWaitsNoMore();

    // As loud as what it takes back: a server logs warnings, and a mistake that is never taken back looks as if it were still there.
    [LoggerMessage(LogLevel.Warning, "{What} is mended: the providers and routes are in force.")]
    private partial void LogMended(string what);

    [LoggerMessage(LogLevel.Warning, "{What} was changed and is not in force; what was read before is. {Message} {Fix}")]
    private partial void LogRefused(string what, string message, string fix);

    [LoggerMessage(LogLevel.Error, "cairn.yaml was changed and could not be put in force; what was read before is.")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(LogLevel.Warning, "Whether the groups that cairn.yaml names are there could not be looked up.")]
    private partial void LogGroupsUnknown(Exception error);
}
