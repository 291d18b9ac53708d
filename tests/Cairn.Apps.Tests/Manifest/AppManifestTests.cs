namespace Cairn.Apps.Tests;

public sealed class AppManifestTests
{
    private const string Start = "version: 1\nname: handbook\nflow: { kind: answer, prompt: prompts/answer.prompt.md }\n";

    [Fact]
    public void What_an_answer_app_needs_is_read()
    {
        var app = AppManifest.Parse(Start +
            """
            title: Handbook
            model: local/llama
            knowledge: [ { source: docs, top: 8, freshness: 365d } ]
            guards: { output: [grounded] }
            access: { use: [group:legal], ship: [role:owner] }
            limits: { timeout: 30s }
            publish: { http: true }
            """, "apps/handbook/app.yaml");
        Assert.Equal(("handbook", "Handbook", "local/llama"), (app.Name, app.Title, app.Model));
        Assert.Equal(new AppKnowledge("docs", 8, TimeSpan.FromDays(365)), Assert.Single(app.Knowledge));
        Assert.Equal(TimeSpan.FromSeconds(30), app.Timeout);
        Assert.False(app.MayBeUsedBy(new Principal { Tenant = "t", User = "ann" }));
        Assert.True(app.MayBeUsedBy(new Principal { Tenant = "t", User = "ann", Groups = ["legal"] }));
        Assert.True(app.MayBeUsedBy(Principal.Owner()));
    }

    [Theory]
    [InlineData("tools: [calculator]", "'tools' is not available yet")]
    [InlineData("guards: { input: [pii] }", "the guard 'pii' is not available yet")]
    [InlineData("guards: { input: [injektion] }", "'injektion' is no guard; did you mean 'injection'?")]
    [InlineData("gates: [ { metric: answer.f1, min: 0.7 } ]", "'gates' is not available yet")]
    [InlineData("publish: { widget: true }", "'publish.widget' is not available yet")]
    [InlineData("limits: { costPerDayUsd: 5 }", "'limits.costPerDayUsd' is not available yet")]
    [InlineData("output: schemas/answer.json", "'output' is not available yet")]
    [InlineData("knowlege: []", "apps/x/app.yaml:4:1: unknown field 'knowlege'; did you mean 'knowledge'?")]
    [InlineData("limits: { timeout: 30 }", "should be a time such as 500ms, 30s, 5m, 2h or 365d, not '30'")]
    public void What_cannot_be_kept_is_an_error_and_never_ignored(string line, string expected)
        => Assert.Contains(expected, Assert.Throws<ManifestException>(() => AppManifest.Parse(Start + line, "apps/x/app.yaml")).Message);

    [Theory]
    [InlineData("flow: { kind: agent, prompt: p.md }", "the flow 'agent' is not available yet")]
    [InlineData("flow: { kind: anser, prompt: p.md }", "did you mean 'answer'?")]
    [InlineData("flow: { kind: answer, prompt: ../secret.md }", "should lie in the app's folder")]
    [InlineData("flow: { kind: answer }", "'flow.prompt' is missing")]
    public void A_flow_is_checked(string flow, string expected)
        => Assert.Contains(expected,
            Assert.Throws<ManifestException>(() => AppManifest.Parse("version: 1\nname: x\n" + flow, "app.yaml")).Message);
}
