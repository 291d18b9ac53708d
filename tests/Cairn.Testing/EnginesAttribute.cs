using System.Reflection;
using Cairn.Storage;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Cairn.Testing;

/// <summary>Runs a theory once per database engine; an engine that is not installed shows as skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EnginesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
        => new([
            new TheoryDataRow<DatabaseEngine>(DatabaseEngine.Sqlite),
            new TheoryDataRow<DatabaseEngine>(DatabaseEngine.PostgreSql) { Skip = PostgreSqlServer.Missing },
        ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
