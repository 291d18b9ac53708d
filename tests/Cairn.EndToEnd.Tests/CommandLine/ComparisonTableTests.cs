using System.Text.Json;
using Cairn.Cli;

namespace Cairn.EndToEnd.Tests;

public sealed class ComparisonTableTests
{
    private const string Experiments = """
        [
          { "id": "01k5a", "model": "ship-delay", "status": "done", "outcome": {
              "estimator": { "kind": "boosting", "options": { "patience": "20" } },
              "metrics": [ { "name": "accuracy", "value": 0.91, "lower": 0.8, "upper": 0.96 } ] } },
          { "id": "01k5b", "model": "berth-fee", "status": "done", "outcome": {
              "estimator": { "kind": "ridge", "options": {} },
              "metrics": [ { "name": "r2", "value": 0.5, "lower": -12.25, "upper": 0.75 } ] } },
          { "id": "01k5c", "model": "ship-delay", "status": "failed", "recipe": { "estimator": { "kind": "tree", "options": {} } } }
        ]
        """;

    [Fact]
    public void A_metric_that_an_experiment_does_not_have_is_a_dash_and_every_cell_stands_under_its_header()
    {
        using var output = new StringWriter { NewLine = "\n" };
        ComparisonTable.Print(output, [.. JsonDocument.Parse(Experiments).RootElement.EnumerateArray()], ["accuracy", "r2"]);
        Assert.Equal(
            """
            experiment  model       status  estimator               accuracy                 r2
            01k5a       ship-delay  done    boosting (patience 20)  0.9100 [0.8000, 0.9600]  –
            01k5b       berth-fee   done    ridge                   –                        0.5000 [-12.2500, 0.7500]
            01k5c       ship-delay  failed  tree                    –                        –

            """, output.ToString());
    }
}
