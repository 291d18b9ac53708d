using System.Collections.Immutable;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>Reads the rows of a recipe's data.</summary>
internal static class TrainingData
{
    /// <summary>What one .NET array holds; a larger file cannot be read at once.</summary>
    public const long MostBytes = 2_147_483_591;

    /// <exception cref="CairnException">The data are not written as the recipe says; the message names the line.</exception>
    public static Frame Read(Stream stream, RecipeData data)
    {
        try
        {
            if (data.File.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
            {
                using var reader = new StreamReader(stream);
                return Frame.ReadJsonLines(reader);
            }
            var options = new CsvOptions { Delimiter = data.Delimiter, DecimalComma = data.DecimalComma };
            return Frame.ReadCsv(stream, data.Missing.IsEmpty ? options : options with { Missing = [.. data.Missing] });
        }
        catch (BadInputException error)
        {
            throw new CairnException(ErrorKind.Input, "training.data", $"{data.File}: {error.Message}",
                "Mend the file, or say under `data:` in the recipe how it is written (delimiter, decimalComma, missing).", error);
        }
    }
}
