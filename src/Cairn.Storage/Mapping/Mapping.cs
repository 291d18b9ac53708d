using System.Reflection;
using Dapper;

namespace Cairn.Storage;

/// <summary>
/// How rows become records, the same on both engines: <c>snake_case</c> columns fill <c>PascalCase</c> properties or positional parameters;
/// <see cref="DateTimeOffset"/> is a bigint of Unix milliseconds; <see cref="bool"/> an integer 0 or 1. Integers convert as needed.
/// </summary>
internal static class Mapping
{
    static Mapping()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.RemoveTypeMap(typeof(bool));
        SqlMapper.RemoveTypeMap(typeof(bool?));
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new FlagHandler());
        var standard = SqlMapper.TypeMapProvider;
        SqlMapper.TypeMapProvider = type => IsPositional(type, out var constructor)
            ? new PositionalTypeMap(standard(type), constructor!)
            : standard(type);
    }

    /// <summary>The conventions are process-wide in Dapper; setting them twice is harmless.</summary>
    public static void Apply()
    {
        // The static constructor does it once.
    }

    public static object? ToColumn(object? value) => value switch
    {
        DateTimeOffset instant => instant.ToUnixTimeMilliseconds(),
        bool flag => flag ? 1 : 0,
        Enum choice => Convert.ToInt32(choice, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };

    private static bool IsPositional(Type type, out ConstructorInfo? constructor)
    {
        constructor = null;
        if (type.IsPrimitive || type == typeof(string) || type.FullName!.StartsWith("System.", StringComparison.Ordinal))
            return false;
        var constructors = type.GetConstructors();
        if (constructors.Length != 1 || constructors[0].GetParameters().Length == 0)
            return false;
        constructor = constructors[0];
        return true;
    }
}
