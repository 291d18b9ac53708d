using System.Globalization;
using System.Numerics;
using System.Text;

namespace Cairn.Models;

/// <summary>
/// A JSON number as it is written, without rounding: ±0.d₁d₂…dₙ × 10^<see cref="Exponent"/>, d₁ and dₙ not zero. JSON Schema speaks of
/// mathematical numbers, so 1.0 is an integer, and 0.1 is a multiple of 0.01. Costs no allocation and no more time for 1e999999 than for 1.
/// </summary>
internal readonly ref struct ExactNumber
{
    private const long FarthestExponent = 1L << 48;

    private readonly ReadOnlySpan<byte> _digits;

    /// <param name="token">A number token of JSON's grammar.</param>
    public ExactNumber(ReadOnlySpan<byte> token)
    {
        Negative = token[0] == '-';
        if (Negative)
            token = token[1..];
        var e = token.IndexOfAny((byte)'e', (byte)'E');
        var exponent = e < 0 ? 0 : ReadExponent(token[(e + 1)..]);
        var digits = e < 0 ? token : token[..e];
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits.Length : point;
        var first = digits.IndexOfAnyInRange((byte)'1', (byte)'9');
        if (first < 0)
        {
            _digits = default;
            Negative = false;
            return;
        }
        // The place of the first digit that is not zero, counted from the point: 12.3 has 2, 0.012 has -1.
        Exponent = exponent + (first < whole ? whole - first : whole - first + 1);
        _digits = digits[first..(digits.LastIndexOfAnyInRange((byte)'1', (byte)'9') + 1)];
        Digits = _digits.Contains((byte)'.') ? _digits.Length - 1 : _digits.Length;
    }

    public bool Negative { get; }

    public long Exponent { get; }

    /// <summary>How many significant digits it has; 0 for zero.</summary>
    public int Digits { get; }

    public bool IsZero => Digits == 0;

    public bool IsInteger => Digits <= Exponent || IsZero;

    public static int Compare(ExactNumber left, ExactNumber right)
    {
        if (left.IsZero || right.IsZero)
            return (right.IsZero ? 0 : right.Negative ? 1 : -1) + (left.IsZero ? 0 : left.Negative ? -1 : 1);
        if (left.Negative != right.Negative)
            return left.Negative ? -1 : 1;
        var size = left.Exponent != right.Exponent ? left.Exponent.CompareTo(right.Exponent) : CompareDigits(left._digits, right._digits);
        return left.Negative ? -size : size;
    }

    /// <summary>Whether this number is a whole multiple of another that is not zero.</summary>
    public bool IsMultipleOf(ExactNumber step)
    {
        if (IsZero)
            return true;
        // Both are an integer without trailing zeros times a power of ten.
        var power = Exponent - Digits - (step.Exponent - step.Digits);
        if (power < 0)
            return false;
        if (step.Digits <= 19)
        {
            var modulus = (ulong)Whole(step._digits);
            var rest = (UInt128)0;
            foreach (var digit in _digits)
            {
                if (digit != '.')
                    rest = (rest * 10 + (uint)(digit - '0')) % modulus;
            }
            return rest * PowerOfTen(power, modulus) % modulus == 0;
        }
        var divisor = Whole(step._digits);
        return Whole(_digits) * BigInteger.ModPow(10, power, divisor) % divisor == 0;
    }

    /// <summary>Equal numbers have equal hashes, however they are written.</summary>
    public int Hash()
    {
        var hash = new HashCode();
        hash.Add(Negative);
        hash.Add(Exponent);
        foreach (var digit in _digits)
        {
            if (digit != '.')
                hash.Add(digit);
        }
        return hash.ToHashCode();
    }

    private static UInt128 PowerOfTen(long power, ulong modulus)
    {
        UInt128 result = 1 % modulus, factor = 10 % modulus;
        for (; power > 0; power >>= 1)
        {
            if ((power & 1) == 1)
                result = result * factor % modulus;
            factor = factor * factor % modulus;
        }
        return result;
    }

    private static BigInteger Whole(ReadOnlySpan<byte> digits)
        => BigInteger.Parse(Encoding.ASCII.GetString(digits).Replace(".", "", StringComparison.Ordinal), NumberStyles.None,
            CultureInfo.InvariantCulture);

    private static int CompareDigits(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int l = 0, r = 0;
        while (true)
        {
            if (l < left.Length && left[l] == '.')
                l++;
            if (r < right.Length && right[r] == '.')
                r++;
            if (l >= left.Length || r >= right.Length)
                return (l < left.Length ? 1 : 0) - (r < right.Length ? 1 : 0);
            if (left[l] != right[r])
                return left[l].CompareTo(right[r]);
            l++;
            r++;
        }
    }

    private static long ReadExponent(ReadOnlySpan<byte> text)
    {
        var negative = text[0] == '-';
        var value = 0L;
        foreach (var digit in text[(text[0] is (byte)'-' or (byte)'+' ? 1 : 0)..])
            value = Math.Min(FarthestExponent, value * 10 + (digit - '0'));
        return negative ? -value : value;
    }
}
