using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>
/// Writes JSON so that bodies which mean the same have the same bytes: members by name, no insignificant whitespace, escapes resolved,
/// equal numbers alike (<c>1</c>, <c>1.0</c>, <c>1e0</c>). Every value is led by its kind and its length or count, so that no two values
/// share bytes.
/// </summary>
internal ref struct CanonicalJson(ReadOnlySpan<byte> json, CanonicalBuffer into)
{
    private Utf8JsonReader _reader = new(json, new JsonReaderOptions { MaxDepth = 256 });

    /// <param name="skip">A member of the outermost object that is left out.</param>
    /// <exception cref="JsonException">This is no JSON.</exception>
    public void Write(ReadOnlySpan<byte> skip)
    {
        _reader.Read();
        WriteValue(skip);
        while (_reader.Read())
        {
        }
    }

    private void WriteValue(ReadOnlySpan<byte> skip)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(skip);
                break;
            case JsonTokenType.StartArray:
                into.Write((byte)'[');
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                    WriteValue(default);
                into.Write((byte)']');
                break;
            case JsonTokenType.String:
                WriteText((byte)'"');
                break;
            case JsonTokenType.Number:
                WriteNumber();
                break;
            default:
                into.Write(_reader.ValueSpan[0]);
                break;
        }
    }

    private void WriteObject(ReadOnlySpan<byte> skip)
    {
        into.Write((byte)'{');
        var start = into.Length;
        var members = ArrayPool<(int Name, int Start, int End)>.Shared.Rent(8);
        var count = 0;
        var sorted = true;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var outermost = !skip.IsEmpty;
            var (skipped, stream) = (outermost && _reader.ValueTextEquals(skip), outermost && _reader.ValueTextEquals("stream"u8));
            var at = into.Length;
            WriteText((byte)':');
            var value = into.Length;
            _reader.Read();
            // To leave `stream` out and to say that it is false are the same.
            if (skipped || (stream && _reader.TokenType == JsonTokenType.False))
            {
                _reader.Skip();
                into.Cut(at);
                continue;
            }
            WriteValue(default);
            if (count == members.Length)
                Grow(ref members);
            members[count] = (value, at, into.Length);
            sorted &= count == 0
                || into.Written[members[count - 1].Start..members[count - 1].Name].SequenceCompareTo(into.Written[at..value]) <= 0;
            count++;
        }
        if (!sorted)
            Sort(members.AsSpan(0, count), start);
        ArrayPool<(int, int, int)>.Shared.Return(members);
        into.Write((byte)'}');
    }

    private readonly void Sort(Span<(int Name, int Start, int End)> members, int start)
    {
        var length = into.Length - start;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        into.Written[start..].CopyTo(copy);
        members.Sort(new ByName(copy, start));
        into.Cut(start);
        foreach (var member in members)
            into.Write(copy.AsSpan(member.Start - start, member.End - member.Start));
        ArrayPool<byte>.Shared.Return(copy);
    }

    /// <summary>Equal names stay in their order: which of them counts is the provider's to say.</summary>
    /// <param name="Bytes">What the members point into.</param>
    /// <param name="From">Where that began before it was copied.</param>
    private sealed record ByName(byte[] Bytes, int From) : IComparer<(int Name, int Start, int End)>
    {
        public int Compare((int Name, int Start, int End) x, (int Name, int Start, int End) y)
            => NameOf(x).SequenceCompareTo(NameOf(y)) is var order && order != 0 ? order : x.Start - y.Start;

        private ReadOnlySpan<byte> NameOf((int Name, int Start, int End) member)
            => Bytes.AsSpan(member.Start - From, member.Name - member.Start);
    }

    /// <summary>A text or a name, led by its length, so that it cannot run into what follows.</summary>
    private void WriteText(byte kind)
    {
        into.Write(kind);
        var room = into.Room(_reader.ValueSpan.Length + 16);
        if (!_reader.ValueIsEscaped)
        {
            Utf8Formatter.TryFormat(_reader.ValueSpan.Length, room, out var digits);
            room[digits] = (byte)' ';
            _reader.ValueSpan.CopyTo(room[(digits + 1)..]);
            into.Advance(digits + 1 + _reader.ValueSpan.Length);
            return;
        }
        var text = ArrayPool<byte>.Shared.Rent(_reader.ValueSpan.Length);
        var length = _reader.CopyString(text);
        Utf8Formatter.TryFormat(length, room, out var written);
        room[written] = (byte)' ';
        text.AsSpan(0, length).CopyTo(room[(written + 1)..]);
        into.Advance(written + 1 + length);
        ArrayPool<byte>.Shared.Return(text);
    }

    private readonly void WriteNumber()
    {
        into.Write((byte)'#');
        var written = _reader.ValueSpan;
        if (written.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 && !written.SequenceEqual("-0"u8))
        {
            into.Write(written);
        }
        else if (_reader.TryGetDecimal(out var exact) && exact == Math.Truncate(exact))
        {
            into.Write(Encoding.ASCII.GetBytes(Math.Truncate(exact).ToString("0", CultureInfo.InvariantCulture)));
        }
        else
        {
            into.Write(Encoding.ASCII.GetBytes(_reader.TryGetDecimal(out exact) && exact != 0
                ? exact.ToString("0.############################", CultureInfo.InvariantCulture)
                : _reader.GetDouble().ToString("R", CultureInfo.InvariantCulture)));
        }
        into.Write((byte)';');
    }

    private static void Grow(ref (int, int, int)[] members)
    {
        var larger = ArrayPool<(int, int, int)>.Shared.Rent(members.Length * 2);
        members.CopyTo(larger, 0);
        ArrayPool<(int, int, int)>.Shared.Return(members);
        members = larger;
    }
}
