using System.Text;

namespace Cairn.Cli;

/// <summary>Reads a line from the terminal without showing it.</summary>
internal static class HiddenInput
{
    public static string Read(TextWriter prompt, string question)
    {
        prompt.Write(question);
        var line = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                line.Length = Math.Max(0, line.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                line.Append(key.KeyChar);
        }
        prompt.WriteLine();
        return line.ToString();
    }
}
