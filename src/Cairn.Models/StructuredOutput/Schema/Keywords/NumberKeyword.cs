using System.Buffers.Text;
using System.Text;

namespace Cairn.Models;

/// <summary><c>minimum</c>, <c>maximum</c>, their exclusive forms and <c>multipleOf</c> (validation, section 6.2).</summary>
internal sealed class NumberKeyword : Keyword
{
    private const int LongestLong = 18;

    private readonly byte[] _bound;
    private readonly long? _long;

    /// <param name="schema">Where it stands.</param>
    /// <param name="name">One of the five.</param>
    /// <param name="bound">The number as it is written.</param>
    public NumberKeyword(SchemaNode schema, string name, string bound)
        : base(schema, name, Numbers)
    {
        _bound = Encoding.UTF8.GetBytes(bound);
        _long = TryLong(_bound, out var value) ? value : null;
    }

    public override bool Check(ref Evaluation e, int at, int marks)
    {
        var token = e.Instance.Token(at);
        var holds = _long is { } bound && TryLong(token, out var value)
            ? Holds(value, bound)
            : Holds(new ExactNumber(token), new ExactNumber(_bound));
        return holds || Fail(ref e, at, e.Collects ? $"is {InstanceText.Excerpt(token)}, but {Demand}" : "");
    }

    public static bool IsInteger(ReadOnlySpan<byte> token)
        => token.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is < 0 || TryLong(token, out _) || new ExactNumber(token).IsInteger;

    private string Demand => Name switch
    {
        "minimum" => "must be at least ",
        "maximum" => "must be at most ",
        "exclusiveMinimum" => "must be more than ",
        "exclusiveMaximum" => "must be less than ",
        _ => "must be a multiple of ",
    } + Encoding.UTF8.GetString(_bound);

    private bool Holds(long value, long bound) => Name switch
    {
        "minimum" => value >= bound,
        "maximum" => value <= bound,
        "exclusiveMinimum" => value > bound,
        "exclusiveMaximum" => value < bound,
        _ => value % bound == 0,
    };

    private bool Holds(ExactNumber value, ExactNumber bound) => Name switch
    {
        "minimum" => ExactNumber.Compare(value, bound) >= 0,
        "maximum" => ExactNumber.Compare(value, bound) <= 0,
        "exclusiveMinimum" => ExactNumber.Compare(value, bound) > 0,
        "exclusiveMaximum" => ExactNumber.Compare(value, bound) < 0,
        _ => value.IsMultipleOf(bound),
    };

    private static bool TryLong(ReadOnlySpan<byte> token, out long value)
    {
        value = 0;
        return token.Length <= LongestLong && Utf8Parser.TryParse(token, out value, out var read) && read == token.Length;
    }
}
