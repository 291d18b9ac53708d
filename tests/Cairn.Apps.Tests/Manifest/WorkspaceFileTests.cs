using Cairn.Models;
using Cairn.Testing;

namespace Cairn.Apps.Tests;

public sealed class WorkspaceFileTests
{
    private const string Folder = "/workspace";

    [Fact]
    public void The_example_of_the_design_is_read_also_with_references_in_flow_mappings()
    {
        var file = WorkspaceFile.Parse(
            """
            # cairn.yaml
            version: 1
            storage: ${secret:postgres}
            models:
              providers:
                openai:   { kind: openai, baseUrl: https://api.openai.com/v1, apiKey: ${env:OPENAI_API_KEY} }
                local:    { kind: openai, baseUrl: http://127.0.0.1:11434/v1, limits: { firstToken: 90s } }
              routes:
                default:  [ openai/gpt-mini, local/llama3.2:3b ]
            sources:
              handbook:
                kind: folder
                path: ./docs
                include: ["**/*.md", "**/*.pdf"]
                watch: true
                access:
                  - { match: "hr/**", allow: [group:hr], deny: [user:temp] }
                  - { match: "**",    allow: [everyone] }
            """,
            Folder);
        Assert.False(file.UsesSqlite);
        Assert.Equal("${env:OPENAI_API_KEY}", file.Models.Providers[0].ApiKey!.Text);
        Assert.Null(file.Models.Providers[1].ApiKey);
        Assert.Equal(TimeSpan.FromSeconds(90), file.Models.Providers[1].Limits.FirstToken);
        Assert.Equal([new ModelName("openai", "gpt-mini"), new ModelName("local", "llama3.2:3b")], file.Models.Routes[0].Targets);
        var source = Assert.Single(file.Sources);
        Assert.Equal("/workspace/docs", source.Root);
        Assert.True(source.Watch && source.Declared);
        Assert.Equal(["group:hr"], source.Access[0].Access.Allow);
        Assert.Equal(["user:temp"], source.Access[0].Access.Deny);
    }

    [Fact]
    public void How_long_things_are_kept_is_said_or_usual()
    {
        Assert.Equal(KeepDeclaration.Usual, WorkspaceFile.Parse("version: 1", Folder).Keep);
        Assert.Equal(
            new KeepDeclaration { Traces = TimeSpan.FromDays(30), Calls = TimeSpan.FromHours(12), Jobs = TimeSpan.FromDays(2) },
            WorkspaceFile.Parse("version: 1\nkeep: { traces: 30d, calls: 12h, jobs: 2d }", Folder).Keep);
        Assert.Contains("'keep.jobs'",
            Assert.Throws<ManifestException>(() => WorkspaceFile.Parse("version: 1\nkeep: { jobs: always }", Folder)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verson: 1", "cairn.yaml:1:1: unknown field 'verson'; did you mean 'version'?")]
    [InlineData("version: 2", "cairn.yaml:1:10: 'version' should be a whole number from 1 to 1, not '2'")]
    [InlineData("version: 1\nversion: 1", "cairn.yaml:2:1: 'version' is given twice; the first is on line 1")]
    [InlineData("", "cairn.yaml:1:1: the file should be fields")]
    [InlineData("- version",
        "cairn.yaml:1:1: the file should be fields (version, storage, models, budgets, limits, telemetry, keep, sources), not a list")]
    [InlineData("version: 1\nsources:\n  docs: { path: ./docs, watch: yes }",
        "cairn.yaml:3:32: 'sources.docs.watch' should be true or false, not 'yes'")]
    [InlineData("version: 1\nsources:\n  docs: { path: [./docs] }", "cairn.yaml:3:17: 'sources.docs.path' should be a text, not a list")]
    [InlineData("version: 1\nsources:\n  docs: { path: ./docs, incldue: [a] }",
        "unknown field 'incldue' in sources.docs; did you mean 'include'?")]
    [InlineData("version: 1\nsources:\n  docs: { path: ./docs, include: [../x] }", "'../x' leads outside the source's path")]
    [InlineData("version: 1\nsources:\n  docs: { path: ./docs, access: [{ match: '**', allow: [gruop:hr] }] }",
        "'gruop:hr' is nobody; write everyone, public, group:NAME, user:NAME or role:NAME; did you mean 'group:hr'?")]
    [InlineData("version: 1\nsources:\n  docs: { path: ./docs, access: [{ match: '**', allow: [everybody] }] }",
        "did you mean 'everyone'?")]
    [InlineData("version: 1\nstorage: sqlit", "did you mean 'sqlite'?")]
    [InlineData("version: 1\nstorage: Host=db;Password=x", "a connection string does not belong into a file under Git")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x/v1, apiKey: sk-123456 } } }",
        "a key does not belong into a file under Git")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x/v1, apiKey: ${envv:KEY} } } }",
        "is no reference; write ${env:NAME} or ${secret:NAME}")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: nonsense } } }", "'nonsense' is no address")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x/v1, script: a.yaml } } }",
        "a provider of the kind 'openai' has no script")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai } } }", "'models.providers.a.baseUrl' is missing")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x/v1, headers: { api-key: '${env:}' } } } }",
        "in 'models.providers.a.headers.api-key' is no reference")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x/v1, headers: { api-key: abc } } } }",
        "the value of 'api-key' looks like a key")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x/v1, query: { api-version: [1] } } } }",
        "'models.providers.a.query.api-version' should be a text, not a list")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: opnai, baseUrl: http://x } } }", "did you mean 'openai'?")]
    [InlineData("version: 1\nmodels: { providers: { local: { kind: openai, baseUrl: http://x } }, routes: { default: [lcoal/llama] } }",
        "'lcoal/llama' names no provider of this file; did you mean 'local/llama'?")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x } }, routes: { r: { models: [a/b], stratgy: cost } } }", "unknown field 'stratgy' in models.routes.r; did you mean 'strategy'?")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x } }, routes: { r: { models: [a/b], strategy: cheap } } }", "'cheap' is no value of 'models.routes.r.strategy' (ordered, weighted, latency, cost)")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x } }, routes: { r: { models: [{ model: a/b, weight: 3 }] } } }", "weights of models.routes.r count only with strategy: weighted")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x } }, routes: { r: { models: [{ model: aa/b }] } } }", "'aa/b' names no provider of this file")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x } }, routes: { r: { models: [a/b], cache: exactly } } }", "'exactly' is no value of 'models.routes.r.cache' (off, exact)")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x } }, routes: { r: { models: [a/b], cache: { semantic: b/e, distance: 0.1 } } } }", "'b/e' names no embedding model of a declared provider; write PROVIDER/MODEL")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x } }, routes: { r: { models: [a/b], cache: { semantic: a/e } } } }", "'models.routes.r.cache.distance' is missing")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x } }, routes: { r: { models: [a/b], cache: { semantic: a/e, distance: 2 } } } }", "a number from 0 to 1")]
    [InlineData("version: 1\ntelemetry: { otlp: localhost:4318 }", "'localhost:4318' is no address such as http://127.0.0.1:4318")]
    [InlineData("version: 1\ntelemetry: { otlp: http://127.0.0.1:4318, protocol: http }",
        "'http' is no value of 'telemetry.protocol' (http/protobuf, grpc)")]
    [InlineData("version: 1\ntelemetry: { otlp: http://127.0.0.1:4318, headers: { authorization: abc } }",
        "the value of 'authorization' looks like a key")]
    [InlineData("version: 1\nmodels: { routes: { r: { strategy: cost } } }", "'models.routes.r.models' is missing")]
    [InlineData("version: 1\nmodels: { routes: { default: [llama] } }", "lists models as provider/model, not 'llama'")]
    [InlineData("version: 1\nsources: &a { docs: { path: ./docs } }\nmodels: *a", "the alias '*a' is not read here")]
    [InlineData("version: 1\nsources: {", "cairn.yaml:3:1: this is not YAML: ")]
    [InlineData("version: 1\nsources:\n\tdocs: { path: ./docs }",
        "cairn.yaml:3:1: this is not YAML: While scanning a mapping, found invalid tab as indentation")]
    [InlineData("version: !!int 1", "is not read here; leave it out")]
    [InlineData("version: 1\n---\nversion: 1", "a second document begins here")]
    [InlineData("version: 1\nbudgets: { spned: [] }", "cairn.yaml:2:12: unknown field 'spned' in budgets; did you mean 'spend'?")]
    [InlineData("version: 1\nbudgets: { spend: [{ for: usr:ann, day: 1 }] }",
        "'usr:ann' is nobody's; write everyone, user:NAME, group:NAME, key:ID or app:NAME; did you mean 'user:ann'?")]
    [InlineData("version: 1\nbudgets: { spend: [{ for: user:ann }] }", "'budgets.spend[0].day' is missing")]
    [InlineData("version: 1\nbudgets: { spend: [{ for: user:ann, day: free }] }", "'budgets.spend[0].day' should be a number from 0 to")]
    [InlineData("version: 1\nbudgets: { spend: [{ for: user:ann, each: true, day: 1 }] }", "'user:ann' is one caller already")]
    [InlineData("version: 1\nbudgets: { spend: [{ for: everyone, day: 1 }, { for: everyone, month: 9 }] }",
        "'everyone' has a budget already")]
    [InlineData("version: 1\nbudgets: { unknownPrice: alow }", "did you mean 'allow'?")]
    [InlineData("version: 1\nlimits: { calls: [{ for: everyone }] }",
        "'limits.calls[0].for' says nothing to limit; add one of requests, input, output, concurrent")]
    [InlineData("version: 1\nlimits: { calls: [{ for: everyone, requests: 0 }] }", "should be a whole number from 1")]
    [InlineData("version: 1\nlimits: { calls: [{ for: proivder:a, requests: 1 }] }", "did you mean 'provider:a'?")]
    [InlineData("version: 1\nlimits: { calls: [{ for: provider:b, requests: 1 }] }", "'b' is no provider of this file")]
    [InlineData("version: 1\nlimits: { queue: { lenght: 1 } }", "did you mean 'length'?")]
    [InlineData("version: 1\nlimits: { queue: { wait: 30d } }", "'limits.queue.wait' should be a time from 1ms to 7d, not '30d'")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x, limits: { total: 60d } } } }",
        "'models.providers.a.limits.total' should be a time from 1ms to 7d, not '60d'")]
    [InlineData("version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x, limits: { connect: 0.000001ms } } } }",
        "'models.providers.a.limits.connect' should be a time from 1ms to 7d, not '0.000001ms'")]
    public void A_mistake_is_named_with_its_place_and_what_was_meant(string text, string expected)
    {
        var e = Assert.Throws<ManifestException>(() => WorkspaceFile.Parse(text, Folder));
        Assert.Contains(expected, e.Message);
        Assert.Equal(ErrorKind.Input, e.Kind);
        Assert.StartsWith("Edit cairn.yaml line ", e.Fix);
    }

    [Fact]
    public void Budgets_are_read()
    {
        var budgets = WorkspaceFile.Parse("""
            version: 1
            budgets:
              unknownPrice: allow
              spend:
                - { for: everyone, month: 200 }
                - { for: "group:legal", each: true, day: 0.5, month: 10 }
            """, Folder).Budgets;
        Assert.True(budgets.AllowUnknownPrice);
        Assert.Equal(["everyone False  200", "group:legal True 0.5 10"],
            budgets.Rules.Select(r => FormattableString.Invariant($"{r.For} {r.Each} {r.Day} {r.Month}")));
    }

    [Fact]
    public void A_key_in_a_file_is_refused_without_being_repeated()
    {
        var e = Assert.Throws<ManifestException>(
            () => WorkspaceFile.Parse(
                "version: 1\nmodels: { providers: { a: { kind: openai, baseUrl: http://x/v1, apiKey: sk-verysecret } } }", Folder));
        Assert.DoesNotContain("verysecret", e.Message + e.Fix);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file()
    {
        var e = Assert.Throws<ManifestException>(
            () => WorkspaceFile.Parse("version: one\nstorge: sqlite\nsources:\n  docs: { wach: true }\n", Folder));
        Assert.Equal([1, 2, 4, 4], e.Problems.Select(p => p.Line));
        Assert.EndsWith("; 3 more mistakes are listed with their lines.", e.Fix);
    }

    [Fact]
    public void A_script_that_is_missing_is_told_by_the_line_and_the_field_that_name_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cairn.yaml", "version: 1\nmodels:\n  providers:\n    demo:\n      kind: scripted\n      script: ./demo.yaml\n");
        var e = Assert.Throws<ManifestException>(() => WorkspaceFile.Load(folder.Path));
        Assert.Equal($"cairn.yaml:6:15: 'models.providers.demo.script' names a file that does not exist: {folder["demo.yaml"]}", e.Message);
        Assert.Equal("Edit cairn.yaml line 6.", e.Fix);
    }

    [Fact]
    public void A_workspace_without_its_file_is_told_how_to_name_another()
    {
        using var folder = new TemporaryFolder();
        var e = Assert.Throws<CairnException>(() => WorkspaceFile.Load(folder.Path));
        Assert.Equal(("file.missing", $"Create {folder["cairn.yaml"]}, or name another folder with --workspace."), (e.Code, e.Fix));
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var e = Assert.Throws<ManifestException>(() => WorkspaceFile.Parse("version: 1\nsources: " + new string('[', 5000), Folder));
        Assert.Contains("nested more than 32 deep", e.Message);
    }

    [Fact]
    public void Any_text_is_read_or_refused_with_a_place_and_never_breaks_the_reader()
    {
        var random = new Random(7);
        const string Pieces = "version: 1\n|sources:|  docs:|\n  |{|}|[|]|,|- |: |\"|'|&a |*a|!t |# |${env:A}|${|%|\t|\0|é|\uD800|> |~|path: x|\r\n|--- |... |? ";
        var pieces = Pieces.Split('|');
        for (var i = 0; i < 3000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                WorkspaceFile.Parse(text, Folder);
            }
            catch (ManifestException e)
            {
                Assert.All(e.Problems, p => Assert.True(p.Line >= 1 && p.Column >= 1, $"{p} in {text}"));
            }
        }
    }

    [Fact]
    public void The_repository_s_own_workspace_is_read()
    {
        var file = WorkspaceFile.Load(Checkout.Root);
        Assert.True(file.UsesSqlite);
        Assert.Equal(["harbour", "docs"], file.Sources.Select(s => s.Name));
        Assert.Equal(["everyone"], file.Sources[0].Access[^1].Access.Allow);
    }
}
