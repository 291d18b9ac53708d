using Cairn.Testing;

namespace Cairn.Models.Tests;

public sealed class GatewayMetricsTests
{
    private readonly GatewayMeter _meter = new();
    private readonly FakeModels _models = new();

    public GatewayMetricsTests() => _models.Route(new("r", [new("a", "m"), new("b", "m")]));

    [Fact]
    public void Attempts_are_told_by_route_provider_and_model()
    {
        var failed = new AttemptRecord { Model = new("a", "m"), Began = default, Error = "provider.timeout" };
        End("r", failed, Answered("b", "m", seconds: .3, input: 100, output: 20, cost: .0015m));
        End("r", Answered("b", "m", seconds: .5, input: 1000, output: 5, cost: .0000000004m));
        End(null, Answered("b", "m", seconds: .5, input: 1, output: 1));
        const string B = "cairn_route=\"r\",gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"b\",gen_ai_request_model=\"m\"";
        Holds(
            "cairn_gateway_attempts_total{cairn_route=\"r\",gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"a\","
                + "gen_ai_request_model=\"m\"} 1",
            "cairn_gateway_attempt_failures_total{cairn_route=\"r\",gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"a\","
                + "gen_ai_request_model=\"m\",error_type=\"provider.timeout\"} 1",
            $"cairn_gateway_attempts_total{{{B}}} 2",
            $"cairn_gateway_cost_usd_total{{{B}}} 0.0015000004",
            $"gen_ai_client_operation_duration_seconds_sum{{{B}}} 0.8",
            $"gen_ai_client_operation_time_to_first_chunk_seconds_bucket{{{B},le=\"0.16\"}} 0",
            $"gen_ai_client_operation_time_to_first_chunk_seconds_bucket{{{B},le=\"0.32\"}} 2",
            $"gen_ai_client_token_usage_sum{{{B},gen_ai_token_type=\"input\"}} 1100",
            $"gen_ai_client_token_usage_bucket{{{B},gen_ai_token_type=\"input\",le=\"256\"}} 1",
            $"gen_ai_client_token_usage_bucket{{{B},gen_ai_token_type=\"output\",le=\"16\"}} 1",
            $"gen_ai_client_token_usage_count{{{B},gen_ai_token_type=\"output\"}} 2",
            "cairn_gateway_attempts_total{cairn_route=\"\",gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"b\","
                + "gen_ai_request_model=\"m\"} 1");
    }

    [Fact]
    public void Calls_fallbacks_and_cache_hits_are_told_by_route()
    {
        End("r", Answered("a", "m"));
        End("r", Answered("a", "m"), Answered("b", "m"));
        _meter.Ended(Call("r", hit: true));
        _meter.Ended(Call("r", hit: true, distance: .01));
        Holds(
            "cairn_gateway_route_calls_total{cairn_route=\"r\",cairn_cache=\"none\"} 2",
            "cairn_gateway_route_calls_total{cairn_route=\"r\",cairn_cache=\"hit\"} 1",
            "cairn_gateway_route_calls_total{cairn_route=\"r\",cairn_cache=\"similar\"} 1",
            "cairn_gateway_fallbacks_total{cairn_route=\"r\"} 1");
    }

    [Fact]
    public void Names_that_callers_make_up_open_no_series()
    {
        for (var i = 0; i < 2_000; i++)
        {
            End(null, new AttemptRecord { Model = new("a", $"guess{i}"), Began = default, Error = "provider.model" });
            End(null, Answered("b", $"real{i}"));
            _meter.Ended(Call(null));
        }
        var series = Text().Split('\n').Where(l => l.StartsWith("cairn_gateway_attempts_total{", StringComparison.Ordinal)).ToList();
        Assert.InRange(series.Count, 400, 502);
        Assert.Contains("cairn_gateway_attempts_total{cairn_route=\"\",gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"a\","
            + "gen_ai_request_model=\"_other\"} 2000", series);
        Assert.Equal(4_000, series.Sum(l => long.Parse(l[(l.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void An_attempt_that_was_given_up_for_a_quicker_one_is_no_failure()
    {
        End("r", new AttemptRecord { Model = new("a", "m"), Began = default, Error = "cancelled" }, Answered("b", "m"));
        Assert.DoesNotContain("error_type=\"cancelled\"", Text());
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("quo\"te")]
    [InlineData("back\\slash\\n")]
    [InlineData("two\nlines")]
    [InlineData("a,b=\"c\"} 1")]
    [InlineData("Größe · 模型")]
    [InlineData("car\rriage\u2028line")]
    public void The_text_follows_the_rules_of_the_exposition_format_whatever_a_model_is_called(string model)
    {
        End("r", Answered("a", model, seconds: 1000, input: 1L << 40, output: 3, cost: 0.0000001m));
        End("r", new AttemptRecord { Model = new("a", model), Began = default, Error = "provider.timeout" }, Answered("b", "m"));
        End(null, Answered("a", "m", seconds: 0, input: 0, output: 1));
        _meter.Ended(Call("r", hit: true, distance: .01));
        var samples = ExpositionFormat.Read(Text());
        var attempts = samples.Where(s => s.Name == "cairn_gateway_attempts_total").ToList();
        Assert.Equal(4, attempts.Sum(s => s.Value));
        Assert.Equal(2, attempts.Single(s => s.Labels.Contains(("gen_ai_request_model", model))).Value);
    }

    [Fact]
    public void The_text_of_a_gateway_that_nobody_has_called_follows_the_rules_too()
        => Assert.All(ExpositionFormat.Read(new GatewayMetrics(new(), _models.Targets).Text()), s => Assert.Equal(0, s.Value));

    [Theory]
    [InlineData("# TYPE a_total counter\n# TYPE a_total counter\n")]
    [InlineData("# TYPE a counter\na 1\n")]
    [InlineData("a_total 1\n# TYPE a_total counter\n")]
    [InlineData("# TYPE a_total counter\na_total 1\na_total 1\n")]
    [InlineData("# TYPE a_total counter\na_total{l=\"\\t\"} 1\n")]
    [InlineData("# TYPE a_total counter\na_total 1,5\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 2\n")]
    public void A_text_that_breaks_a_rule_is_noticed(string text)
        => Assert.Throws<FormatException>(() => ExpositionFormat.Read(text));

    [Fact]
    public void Every_family_is_in_the_guide()
    {
        var guide = File.ReadAllText(Checkout.Path("docs/models.md"));
        foreach (var line in Text().Split('\n').Where(l => l.StartsWith("# TYPE ", StringComparison.Ordinal)))
            Assert.Contains($"`{line.Split(' ')[2]}`", guide);
    }

    private void End(string? route, params AttemptRecord[] attempts)
    {
        var call = Call(route);
        foreach (var attempt in attempts)
            call.Add(attempt);
        _meter.Ended(call);
    }

    private static CallRecord Call(string? route, bool hit = false, double? distance = null) => new()
    {
        Trace = default,
        Origin = FakeModels.Ann,
        Operation = "chat",
        Protocol = WireProtocol.OpenAiChat,
        Started = DateTimeOffset.UnixEpoch,
        Route = route,
        CacheHit = hit,
        CacheDistance = distance,
    };

    private static AttemptRecord Answered(
        string provider, string model, double seconds = .1, long input = 1, long output = 1, decimal? cost = null) => new()
    {
        Model = new(provider, model),
        Began = default,
        Took = TimeSpan.FromSeconds(seconds),
        FirstByte = TimeSpan.FromSeconds(.2),
        Usage = new(input, 0, 0, output, 0),
        Cost = cost,
    };

    private string Text() => new GatewayMetrics(_meter, _models.Targets).Text();

    private void Holds(params string[] lines)
    {
        var text = Text().Split('\n');
        foreach (var line in lines)
            Assert.Contains(line, text);
    }
}
