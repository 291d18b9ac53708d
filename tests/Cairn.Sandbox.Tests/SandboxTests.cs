using System.Text;

namespace Cairn.Sandbox.Tests;

public sealed class SandboxTests
{
    public static TheoryData<string> Isolations() => ["Bubblewrap", "Unshare", "LimitsOnly"];

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task A_program_is_talked_to_over_its_input_and_output(string isolation)
    {
        await using var process = await Sandbox(isolation).StartAsync(new SandboxedProgram { FileName = "cat" }, default);
        await process.StandardInput.WriteAsync("hello"u8.ToArray());
        process.StandardInput.Close();
        Assert.Equal("hello", await new StreamReader(process.StandardOutput).ReadToEndAsync());
        Assert.Equal((SandboxOutcome.Exited, 0), await process.WaitAsync(default));
    }

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task Time_memory_and_output_are_limited(string isolation)
    {
        Assert.Equal(SandboxOutcome.OutOfTime,
            (await Run(isolation, "sleep 60", new SandboxLimits { Time = TimeSpan.FromMilliseconds(200) })).Outcome);
        Assert.Equal(SandboxOutcome.TooMuchOutput, (await Run(isolation, "cat /dev/zero", new SandboxLimits { Output = 100_000 })).Outcome);
        Assert.Equal(SandboxOutcome.OutOfMemory,
            (await Run(isolation, "head -c 400000000 /dev/zero | tail", new SandboxLimits { Memory = 64 << 20 })).Outcome);
    }

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task Disposing_kills_the_children_too(string isolation)
    {
        // A duration that no other case and no other run on this machine sleeps for: the child is found by it.
        var duration = $"1000.{Environment.ProcessId}{(int)Enum.Parse<Isolation>(isolation)}";
        // Until it has become `sleep`, the child still carries the shell's arguments, which hold that word too; `comm` changes with the
        // program only.
        var process = await Sandbox(isolation)
            .StartAsync(Shell($"sleep {duration} & until grep -qx sleep /proc/$!/comm; do :; done; echo $!; wait", new SandboxLimits()),
                default);
        Assert.NotNull(await new StreamReader(process.StandardOutput).ReadLineAsync());
        Assert.Single(Sleepers(duration));
        await process.DisposeAsync();
        Assert.True(SpinWait.SpinUntil(() => Sleepers(duration).Count == 0, TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task The_environment_is_empty(string isolation)
    {
        Environment.SetEnvironmentVariable("CAIRN_SANDBOX_SECRET", "secret");
        Assert.DoesNotContain("secret", (await Run(isolation, "env", new SandboxLimits())).Output);
    }

    [Fact]
    public async Task Behind_bubblewrap_neither_files_nor_network_nor_processes_can_be_seen()
    {
        var secret = Path.Combine(Path.GetTempPath(), $"cairn-sandbox-{Environment.ProcessId}.txt");
        await File.WriteAllTextAsync(secret, "secret");
        try
        {
            var hidden = await Run("Bubblewrap",
                $"cat {secret}; cat /etc/passwd; ls /root /home; echo; cat /proc/net/dev | grep -c eth; ls /proc | grep -c '^[0-9]'; touch /usr/x", new SandboxLimits());
            Assert.DoesNotContain("secret", hidden.Output);
            Assert.DoesNotContain("root:", hidden.Output);
            Assert.Contains("\n0\n", hidden.Output);
            Assert.NotEqual(0, hidden.ExitCode);
            Assert.Equal("secret", (await Run("Bubblewrap", $"cat {secret}", new SandboxLimits(), secret)).Output);
        }
        finally
        {
            File.Delete(secret);
        }
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        var error = await Assert.ThrowsAsync<CairnException>(() => Sandbox("LimitsOnly")
            .StartAsync(new SandboxedProgram { FileName = "no-such-program" }, default));
        Assert.Equal(ErrorKind.Environment, error.Kind);
        Assert.Contains("no-such-program", error.Message);
    }

    [Fact]
    public async Task What_a_program_says_when_it_fails_can_be_read()
    {
        await using var process = await Sandbox("LimitsOnly").StartAsync(Shell("echo broken >&2; exit 3", new SandboxLimits()), default);
        Assert.Equal((SandboxOutcome.Exited, 3), await process.WaitAsync(default));
        Assert.Equal("broken\n", process.ErrorTail);
    }

    private static ProcessSandbox Sandbox(string isolation)
    {
        var wanted = Enum.Parse<Isolation>(isolation);
        if (wanted != Isolation.LimitsOnly && !IsolationProbe.Works(wanted))
            Assert.Skip($"{isolation} does not work on this machine");
        return new ProcessSandbox(TimeProvider.System, wanted);
    }

    private static SandboxedProgram Shell(string script, SandboxLimits limits, params string[] readable)
        => new() { FileName = "sh", Arguments = ["-c", script], Limits = limits, Readable = [.. readable] };

    private static async Task<(string Output, SandboxOutcome Outcome, int ExitCode)> Run(
        string isolation, string script, SandboxLimits limits, params string[] readable)
    {
        await using var process = await Sandbox(isolation).StartAsync(Shell(script, limits, readable), default);
        process.StandardInput.Close();
        var output = await new StreamReader(process.StandardOutput, Encoding.UTF8).ReadToEndAsync();
        var (outcome, exitCode) = await process.WaitAsync(default);
        return (output, outcome, exitCode);
    }

    private static List<string> Sleepers(string duration)
        => [.. Directory.EnumerateDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0]))
            .Where(p => CommandOf(p) == $"sleep\0{duration}\0")];

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText(process + "/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
