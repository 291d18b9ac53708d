using NpgsqlTypes;

namespace Cairn.Storage;

/// <summary>The column types behind the .NET types of a row, where a null has to be sent with its type.</summary>
internal static class PostgreSqlTypes
{
    private static readonly Dictionary<Type, NpgsqlDbType> Known = new()
    {
        [typeof(string)] = NpgsqlDbType.Text,
        [typeof(int)] = NpgsqlDbType.Integer,
        [typeof(bool)] = NpgsqlDbType.Integer,
        [typeof(long)] = NpgsqlDbType.Bigint,
        [typeof(DateTimeOffset)] = NpgsqlDbType.Bigint,
        [typeof(double)] = NpgsqlDbType.Double,
        [typeof(float)] = NpgsqlDbType.Real,
        [typeof(decimal)] = NpgsqlDbType.Numeric,
        [typeof(byte[])] = NpgsqlDbType.Bytea,
    };

    public static bool TryFind(Type type, out NpgsqlDbType found) => Known.TryGetValue(Nullable.GetUnderlyingType(type) ?? type, out found);
}
