using Cairn.Sandbox;

namespace Cairn.Server;

/// <summary>Programs that Cairn uses where they are installed.</summary>
internal sealed class ProgramsCheck(ISandbox sandbox) : IDoctorCheck
{
    public int Order => 200;

    public Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<DoctorFinding>>(
        [
            Find("pdftotext", "PDF text", DoctorStatus.Failed,
                "PDF files can't be read without it. Install it: apt-get install poppler-utils"),
            Find("pdftoppm", "PDF pages", DoctorStatus.Warning,
                "Pages of PDF files can't be shown without it. Install it: apt-get install poppler-utils"),
            sandbox.Isolation == "bubblewrap"
                ? new("isolation", DoctorStatus.Ok, "parsers run in bubblewrap")
                : new("isolation", DoctorStatus.Warning, $"parsers run with weaker isolation: {sandbox.Isolation}",
                    "Install bubblewrap, or allow it to make namespaces: apt-get install bubblewrap"),
        ]);

    private static DoctorFinding Find(string program, string name, DoctorStatus without, string fix)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var path = folders.Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);
        return path is null ? new(name, without, $"{program} is not installed", fix) : new(name, DoctorStatus.Ok, path);
    }
}
