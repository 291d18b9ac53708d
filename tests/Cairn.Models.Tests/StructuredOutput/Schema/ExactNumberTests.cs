using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Models.Tests;

public sealed class ExactNumberTests
{
    [Theory]
    [InlineData("1", "1.0", 0)]
    [InlineData("100", "1e2", 0)]
    [InlineData("0", "-0.00e7", 0)]
    [InlineData("0.1", "0.10", 0)]
    [InlineData("0.012", "12e-3", 0)]
    [InlineData("9007199254740993", "9007199254740992", 1)]
    [InlineData("-2", "1", -1)]
    [InlineData("-2", "-3", 1)]
    [InlineData("1e999", "2e998", 1)]
    [InlineData("123.45", "123.4", 1)]
    public void Numbers_are_compared_without_rounding(string left, string right, int expected)
        => Assert.Equal(expected, Math.Sign(ExactNumber.Compare(new(Encoding.ASCII.GetBytes(left)), new(Encoding.ASCII.GetBytes(right)))));

    [Fact]
    public void Comparison_and_multiples_agree_with_decimal_arithmetic()
        => Prop.ForAll<int, int, byte>((a, b, scales) =>
        {
            var x = a / Power(scales & 7);
            var y = b / Power(scales >> 4 & 7);
            var left = new ExactNumber(Bytes(x));
            var right = new ExactNumber(Bytes(y));
            return Math.Sign(ExactNumber.Compare(left, right)) == Math.Sign(x.CompareTo(y))
                && left.IsInteger == decimal.IsInteger(x)
                && (y == 0 || (left.IsMultipleOf(right) == (x % y == 0) && new ExactNumber(Bytes(y * a)).IsMultipleOf(right)))
                && (x != y || left.Hash() == right.Hash());
        }).QuickCheckThrowOnFailure();

    private static decimal Power(int exponent) => (decimal)Math.Pow(10, exponent);

    private static byte[] Bytes(decimal value) => Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture));
}
