using System.Text;

namespace Cairn.Knowledge;

/// <summary>Rows of separated values as RFC 4180 has them: quoted fields may hold separators, line ends and doubled quotes.</summary>
internal static class CsvRows
{
    public static IEnumerable<string[]> Read(string text, char separator)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (c == '"' && field.Length == 0)
            {
                i = Quoted(text, i + 1, field);
                if (field.Length == 0)
                    field.Append(' ');
            }
            else if (c == separator)
            {
                Take(fields, field);
                i++;
            }
            else if (c is '\n' or '\r')
            {
                i += c == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 2 : 1;
                Take(fields, field);
                if (fields.Count > 1 || fields[0].Length > 0)
                    yield return [.. fields];
                fields.Clear();
            }
            else
            {
                var rest = text.AsSpan(i);
                var plain = rest.IndexOfAny(separator, '\n', '\r');
                plain = plain < 0 ? rest.Length : plain;
                field.Append(rest[..plain]);
                i += plain;
            }
        }
        if (field.Length > 0 || fields.Count > 0)
        {
            Take(fields, field);
            yield return [.. fields];
        }
    }

    private static int Quoted(string text, int i, StringBuilder field)
    {
        while (i < text.Length)
        {
            var length = text.AsSpan(i).IndexOf('"');
            if (length < 0)
            {
                field.Append(text.AsSpan(i));
                return text.Length;
            }
            field.Append(text.AsSpan(i, length));
            i += length + 1;
            if (i >= text.Length || text[i] != '"')
                return i;
            field.Append('"');
            i++;
        }
        return i;
    }

    private static void Take(List<string> fields, StringBuilder field)
    {
        fields.Add(field.ToString().Trim());
        field.Clear();
    }
}
