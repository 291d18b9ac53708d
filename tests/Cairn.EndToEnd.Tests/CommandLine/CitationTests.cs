using System.Net.Http.Json;
using System.Text.Json;

namespace Cairn.EndToEnd.Tests;

/// <summary>For every citation of every sample question: <c>text[start..end] == quote</c>, also after the document has changed.</summary>
public sealed class CitationTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_citation_of_every_sample_question_is_exact_before_and_after_its_document_changes()
    {
        using var copy = Repository.CopyOfWorkspace();
        await using var server = await RunningServer.StartAsync(copy.FullName);
        var key = await CairnCommandLine.RunAsync(copy.FullName, "key", "create", "--user", "owner", "--json");
        await CairnCommandLine.RunAsync(copy.FullName, "search", "harbour");
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", CommandJson.Parse(key.Output).GetProperty("key").GetString());

        var citations = new List<JsonElement>();
        foreach (var line in File.ReadLines(Path.Combine(copy.FullName, "samples/harbour/questions.jsonl")))
        {
            var question = CommandJson.Parse(line).GetProperty("question").GetString();
            using var response = await http.PostAsJsonAsync("/api/v1/apps/assistant/ask", new { question });
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(response.IsSuccessStatusCode, answer.GetRawText());
            foreach (var sentence in answer.GetProperty("sentences").EnumerateArray())
                Assert.InRange(sentence.GetProperty("end").GetInt32(), sentence.GetProperty("start").GetInt32() + 1,
                    answer.GetProperty("answer").GetString()!.Length);
            citations.AddRange(answer.GetProperty("citations").EnumerateArray());
        }
        output.WriteLine($"{citations.Count} citations");
        Assert.InRange(citations.Count, 100, int.MaxValue);
        await AllAreExactAsync(http, citations);
        Assert.Contains(citations, c => c.GetProperty("boxes").GetArrayLength() > 0);

        foreach (var file in Directory.EnumerateFiles(Path.Combine(copy.FullName, "samples/harbour"), "*.md", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(file,
                (await File.ReadAllTextAsync(file)).Replace("\n# ", "\nA line that was not here before.\n\n# ", StringComparison.Ordinal));
        // The folder is watched, so it may have been read already when this is asked for.
        await CairnCommandLine.RunAsync(copy.FullName, "ingest", "samples/harbour", "--source", "harbour");
        var changed = await CairnCommandLine.RunAsync(copy.FullName, "search", "a line that was not here before", "--top", "20", "--json");
        Assert.InRange(CommandJson.Parse(changed.Output).GetProperty("passages").EnumerateArray()
            .Count(p => p.GetProperty("text").GetString()!.Contains("not here before", StringComparison.Ordinal)), 10, 20);
        await AllAreExactAsync(http, citations);
    }

    private static async Task AllAreExactAsync(HttpClient http, List<JsonElement> citations)
    {
        var texts = new Dictionary<string, string>();
        foreach (var citation in citations)
        {
            var address = $"/api/v1/documents/{citation.GetProperty("document").GetString()}/text?version={citation.GetProperty("version").GetInt32()}";
            if (!texts.TryGetValue(address, out var text))
                texts[address] = text = (await http.GetFromJsonAsync<JsonElement>(address)).GetProperty("text").GetString()!;
            Assert.Equal(citation.GetProperty("quote").GetString(),
                text[citation.GetProperty("start").GetInt32()..citation.GetProperty("end").GetInt32()]);
        }
    }
}
