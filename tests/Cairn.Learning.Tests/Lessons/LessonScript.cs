using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cairn.Learning.Tests;

/// <summary>A lesson of docs/learn, compiled and run as `dotnet run` would, without a process of its own.</summary>
internal static class LessonScript
{
    private const string Begin = "// --- your turn ---\n", End = "// --- the check ---\n";

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest);

    private static readonly string Usings = string.Concat(
        new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks" }.Select(
            n => $"global using global::{n};\n"));

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(p) is "Cairn.Learning.dll" or "netstandard.dll")
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    /// <summary>The script with what stands between its two marks replaced.</summary>
    public static string Answered(string script, string answer)
    {
        var (begin, end) = (script.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, script.IndexOf(End, StringComparison.Ordinal));
        return script[..begin] + answer + script[end..];
    }

    /// <param name="path">Where the script lies, for one that reads what lies beside it.</param>
    /// <returns>The exit code, and everything that was printed.</returns>
    public static (int Code, string Output) Run(string script, string path)
    {
        var text = string.Join('\n', script.Split('\n').Select(line => line.StartsWith("#:", StringComparison.Ordinal) ? "" : line));
        var compilation = CSharpCompilation.Create(
            "lesson", [CSharpSyntaxTree.ParseText(text, Options, path), CSharpSyntaxTree.ParseText(Usings, Options)], References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable,
                optimizationLevel: OptimizationLevel.Release));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        Assert.DoesNotContain(result.Diagnostics, d => d.Severity == DiagnosticSeverity.Warning);
        stream.Position = 0;
        var context = new AssemblyLoadContext("lesson", isCollectible: true);
        context.Resolving += (_, name) => Assembly.Load(name);
        var (before, output) = (Console.Out, new StringWriter());
        Console.SetOut(output);
        try
        {
            return ((int)context.LoadFromStream(stream).EntryPoint!.Invoke(null, [Array.Empty<string>()])!, output.ToString());
        }
        finally
        {
            Console.SetOut(before);
            context.Unload();
        }
    }
}
