using Cairn.Models;

namespace Cairn.Apps;

/// <summary>The fields of <c>cairn.yaml</c> (schemas/cairn.schema.json).</summary>
internal static class WorkspaceShapes
{
    public static readonly Shape File = new("workspace", "version", "storage", "models", "budgets", "limits", "telemetry", "keep",
        "sources");
    public static readonly Shape Keep = new("keep", "traces", "calls", "jobs");
    public static readonly Shape Models = new("models", "providers", "routes", "cache", "tokenizers");
    public static readonly Shape Cache = new("cache", "megabytes", "keep");
    public static readonly Shape Provider = ProviderOf(ProviderKinds.BuiltIn);
    public static readonly Shape Limits = new("timeLimits", "connect", "firstToken", "betweenTokens", "total");
    public static readonly Shape Route = new("route", "models", "strategy", "retries", "hedge", "sticky", "cache");
    public static readonly Shape RouteCache = new("routeCache", "semantic", "distance");
    public static readonly Shape RouteModel = new("routeModel", "model", "weight", "tags");
    public static readonly Shape Budgets = new("budgets", "unknownPrice", "spend");
    public static readonly Shape Budget = new("budget", "for", "each", "day", "month");
    public static readonly Shape CallLimits = new("limits", "queue", "calls");
    public static readonly Shape Queue = new("queue", "length", "wait");
    public static readonly Shape CallLimit = new("callLimit", "for", "each", "requests", "input", "output", "concurrent");
    public static readonly Shape Telemetry = new("telemetry", "otlp", "protocol", "headers", "service");
    public static readonly Shape Source = new("source", "kind", "path", "include", "exclude", "watch", "access");
    public static readonly Shape Rule = new("rule", "match", "allow", "deny");

    /// <summary>What a provider of any of the kinds may say; which of it a kind has is checked once the kind is known.</summary>
    public static Shape ProviderOf(IEnumerable<IProviderKind> kinds)
        => new("provider", [.. kinds.SelectMany(k => k.Fields).Select(f => f.Name).Prepend("kind").Append("limits").Distinct()]);

    public static IEnumerable<Shape> All =>
    [
        File, Models, Cache, Provider, Limits, Route, RouteCache, RouteModel, Budgets, Budget, CallLimits, Queue, CallLimit, Telemetry,
        Keep, Source, Rule,
    ];
}
