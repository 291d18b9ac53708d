using System.Globalization;
using System.Text;
using Cairn.Learning;

namespace Cairn.Training.Tests;

/// <summary>Ships whose delay follows from wind, age and flag, with some ages missing.</summary>
internal static class Harbour
{
    private static readonly string[] Flags = ["NO", "DE", "NL", "SE"];

    public static string Csv(int rows, long seed = 3)
    {
        var random = new Seeded(seed);
        var text = new StringBuilder("tonnage,flag,age,wind,remark,delayed\n");
        for (var row = 0; row < rows; row++)
        {
            var (wind, age, flag) = (random.Uniform() * 30, random.Integer(40), Flags[random.Integer(4)]);
            var delayed = random.Uniform() < 1 / (1 + Math.Exp(-((wind - 15) / 3) - ((age - 20) / 10.0) - (flag == "NL" ? 1 : 0)));
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{500 + (random.Uniform() * 9000):0.0},{flag},{(row % 17 == 0 ? "" : age)},{wind:0.00},{(wind > 20 ? "storm expected" : "calm sea")} {row % 7},{(delayed ? "yes" : "no")}");
        }
        return text.ToString();
    }
}
