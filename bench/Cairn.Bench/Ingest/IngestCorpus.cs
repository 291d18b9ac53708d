using System.Text;

namespace Cairn.Bench;

/// <summary>A folder of Markdown papers, made from the paragraphs of the sample company's papers in an order that a seed decides.</summary>
internal static class IngestCorpus
{
    private static readonly int[] Paragraphs = [5, 10, 20, 40, 80];

    /// <returns>Bytes of all files.</returns>
    public static long Write(string folder, long bytes)
    {
        var paragraphs = Read();
        var random = new Random(1);
        long written = 0;
        for (var n = 0; written < bytes; n++)
        {
            var paper = new StringBuilder($"# Paper {n}\n\n");
            for (var i = Paragraphs[random.Next(Paragraphs.Length)]; i > 0; i--)
                paper.Append(paragraphs[random.Next(paragraphs.Length)]).Append("\n\n");
            var file = Path.Combine(folder, $"{n % 50:00}", $"{n:00000}.md");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var content = Encoding.UTF8.GetBytes(paper.ToString());
            File.WriteAllBytes(file, content);
            written += content.Length;
        }
        return written;
    }

    /// <summary>Copies of the sample company's papers of one format that have text.</summary>
    /// <returns>Bytes of all files.</returns>
    public static long Copy(string folder, string format, int files)
    {
        var papers = Directory.EnumerateFiles(Path.Combine(BenchRepository.Root, "samples", "harbour"), "*." + format,
            SearchOption.AllDirectories)
            .Where(p => !p.Contains("scan", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        Directory.CreateDirectory(folder);
        for (var n = 0; n < files; n++)
            File.Copy(papers[n % papers.Length], Path.Combine(folder, $"{n:0000}.{format}"));
        return Directory.EnumerateFiles(folder).Sum(f => new FileInfo(f).Length);
    }

    private static string[] Read()
    {
        var samples = Path.Combine(BenchRepository.Root, "samples", "harbour");
        var paragraphs = new List<string>();
        foreach (var file in Directory.EnumerateFiles(samples, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            if (text.StartsWith("---", StringComparison.Ordinal))
                text = text[(text.IndexOf("\n---", StringComparison.Ordinal) + 4)..];
            paragraphs.AddRange(text.Split("\n\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        return [.. paragraphs];
    }
}
