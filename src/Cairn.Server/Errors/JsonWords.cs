using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cairn.Server;

/// <summary>What JSON calls the values of a type, for people who know no .NET.</summary>
internal static class JsonWords
{
    public static string Expected(Type type, JsonSerializerOptions options)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(JsonElement) || type == typeof(object))
            return "any JSON value";
        if (type == typeof(DateTimeOffset) || type == typeof(DateTime))
            return "a time like \"2026-01-31T12:00:00Z\"";
        if (type == typeof(DateOnly))
            return "a day like \"2026-01-31\"";
        switch (Type.GetTypeCode(type))
        {
            case TypeCode.String:
                return "a text in double quotes";
            case TypeCode.Boolean:
                return "true or false";
            case TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32
                or TypeCode.Int64 or TypeCode.UInt64:
                return "a whole number";
            case TypeCode.Single or TypeCode.Double or TypeCode.Decimal:
                return "a number";
        }
        var shape = options.GetTypeInfo(type);
        return shape.Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "a JSON object",
            JsonTypeInfoKind.Enumerable => $"a list, each {Expected(shape.ElementType!, options)}",
            _ => "another value",
        };
    }

    /// <param name="expected">A number that is wrong where a number belongs has a fraction or too many digits.</param>
    public static string Found(JsonTokenType token, Type expected) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number
            when Type.GetTypeCode(Nullable.GetUnderlyingType(expected) ?? expected) is > TypeCode.Char and < TypeCode.DateTime
            => "a number with a fraction, or one too large,",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
