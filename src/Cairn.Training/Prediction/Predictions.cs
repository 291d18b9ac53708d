using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Learning;

namespace Cairn.Training;

internal sealed class Predictions(ServedModels models, PredictionCounter counter, ServedStore served, IAccess access, TimeProvider time)
    : IPredictions
{
    private const int MostHours = 24 * 90;

    public async Task<PredictionResult> PredictAsync(
        Principal caller, string model, IReadOnlyList<JsonElement> rows, CancellationToken cancellationToken)
    {
        RequireUse(caller);
        var (live, fitted) = await models.LiveAsync(caller.Tenant, model, cancellationToken);
        var began = time.GetTimestamp();
        try
        {
            var frame = InputRows.Read(rows, live.Input, live.Profile);
            var predictions = Predict(fitted, frame);
            var took = time.GetElapsedTime(began);
            Count(t => t.Served(live.Profile, frame, took.TotalMicroseconds));
            return new(model, live.Version, predictions, took.TotalMilliseconds);
        }
        catch (Exception error) when (error is CairnException { Kind: ErrorKind.Input } or BadInputException)
        {
            Count(t => t.Refused());
            throw error is CairnException
                ? error
                : new CairnException(ErrorKind.Input, "prediction.input", error.Message,
                    $"See what the model takes: cairn predict {model} --schema", error);
        }
        catch (Exception)
        {
            Count(t => t.Failed());
            throw;
        }

        void Count(Action<ServedTally> count) => counter.Count(caller.Tenant, model, live.Version, count);
    }

    public async Task<JsonObject> SchemaAsync(Principal caller, string model, CancellationToken cancellationToken)
        => (await InputAsync(caller, model, cancellationToken)).ToJsonSchema(model);

    public async Task<InputSchema> InputAsync(Principal caller, string model, CancellationToken cancellationToken)
    {
        RequireUse(caller);
        return (await models.DescribeAsync(caller.Tenant, model, null, cancellationToken)).Input;
    }

    public async Task<Monitoring> MonitorAsync(Principal caller, string model, int? version, int hours, CancellationToken cancellationToken)
    {
        TrainingRight.Require(access, caller);
        var shown = await models.DescribeAsync(caller.Tenant, model, version, cancellationToken);
        await counter.WriteAsync(cancellationToken);
        var since = time.GetUtcNow() - TimeSpan.FromHours(Math.Clamp(hours, 1, MostHours));
        var windows = await served.ReadAsync(caller.Tenant, model, shown.Version, since, cancellationToken);
        var total = windows.Aggregate(new ServedCounts(), (sum, w) => sum.Plus(w.Counts));
        return new()
        {
            Model = model,
            Version = shown.Version,
            Since = since,
            Calls = total.Calls,
            Rows = total.Rows,
            Refused = total.Refused,
            Failed = total.Failed,
            MedianMilliseconds = DriftMeasure.Latency(total, 0.5),
            SlowestMilliseconds95 = DriftMeasure.Latency(total, 0.95),
            Fields = DriftMeasure.Of(shown.Profile, total),
            Hours = [.. windows.Select(w => new HourServed(w.Hour, w.Counts.Calls, w.Counts.Rows, w.Counts.Refused, w.Counts.Failed))],
        };
    }

    private static ImmutableArray<Prediction> Predict(FittedModel model, Frame frame)
    {
        if (model.Classifier is null)
            return [.. model.Numbers(frame).Select(v => new Prediction { Value = v })];
        var (shares, names) = (model.Probabilities(frame), model.Classes);
        var predictions = ImmutableArray.CreateBuilder<Prediction>(frame.RowCount);
        for (var row = 0; row < frame.RowCount; row++)
        {
            var probabilities = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
            for (var k = 0; k < names.Length; k++)
                probabilities[names[k]] = shares[row, k];
            predictions.Add(new()
            {
                Label = names[System.Numerics.Tensors.TensorPrimitives.IndexOfMax<double>(shares.Row(row))],
                Probabilities = probabilities.ToImmutable(),
            });
        }
        return predictions.MoveToImmutable();
    }

    private void RequireUse(Principal caller)
    {
        if (!access.May(caller, Right.CallModels))
            throw new CairnException(ErrorKind.NotPermitted, "prediction.not-permitted", "You may not call models.",
                "Sign in, or send an API key.");
    }
}
