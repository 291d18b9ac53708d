using System.IO.Pipelines;
using System.Text;
using Cairn.Sandbox;

namespace Cairn.Knowledge.Tests;

/// <summary>Workers in this process that speak the protocol: a document's text is its bytes, and POISON ends the worker.</summary>
internal sealed class ScriptedWorkers : ISandbox
{
    public const string Poison = "POISON";

    private int _started;

    public string Isolation => "none";

    public int Started => _started;

    public Task<ISandboxedProcess> StartAsync(SandboxedProgram program, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _started);
        return Task.FromResult<ISandboxedProcess>(new Worker());
    }

    private sealed class Worker : ISandboxedProcess
    {
        private readonly Pipe _requests = new();
        private readonly Pipe _answers = new();
        private readonly Task _serving;

        public Worker()
        {
            (StandardInput, StandardOutput) = (_requests.Writer.AsStream(), _answers.Reader.AsStream());
            _serving = Task.Run(Serve);
        }

        public Stream StandardInput { get; }

        public Stream StandardOutput { get; }

        public string ErrorTail => "";

        public async Task<(SandboxOutcome Outcome, int ExitCode)> WaitAsync(CancellationToken cancellationToken)
        {
            await _serving;
            return (SandboxOutcome.Exited, 9);
        }

        public async ValueTask DisposeAsync()
        {
            await _requests.Writer.CompleteAsync();
            await _answers.Reader.CompleteAsync();
            await _serving;
        }

        private void Serve()
        {
            using var reader = new BinaryReader(_requests.Reader.AsStream(), Encoding.UTF8);
            using var writer = new BinaryWriter(_answers.Writer.AsStream(), Encoding.UTF8);
            try
            {
                while (true)
                {
                    (_, _) = (reader.ReadString(), reader.ReadString());
                    var text = Encoding.UTF8.GetString(reader.ReadBytes((int)reader.ReadInt64()));
                    if (text == Poison)
                        return;
                    var answer = ParsedDocumentCodec.Write(new ParsedDocument { Text = text });
                    writer.Write((byte)WorkerFrame.Document);
                    writer.Write(answer.Length);
                    writer.Write(answer);
                    writer.Flush();
                }
            }
            catch (EndOfStreamException)
            {
                // No further request.
            }
        }
    }
}
