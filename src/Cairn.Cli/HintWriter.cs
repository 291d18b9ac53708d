using System.Text;

namespace Cairn.Cli;

/// <summary>Standard error, whose commands are written as this person types them (<see cref="CommandHint"/>).</summary>
internal sealed class HintWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value is null ? null : CommandHint.In(value));

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : CommandHint.In(value));

    public override void Flush() => inner.Flush();
}
