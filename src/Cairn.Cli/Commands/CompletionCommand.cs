using System.CommandLine;

namespace Cairn.Cli.Commands;

internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = new("SHELL") { Description = "bash, zsh or fish" };

    private const string Bash = """
        _cairn_complete() {
          local line="${COMP_LINE:0:COMP_POINT}"
          COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _cairn_complete cairn ./cairn
        """;

    private const string Zsh = """
        _cairn_complete() {
          local line="${BUFFER[1,CURSOR]}"
          local -a found
          found=("${(@f)$(${words[1]} "[suggest:${#line}]" "$line" 2>/dev/null)}")
          compadd -a found || _files
        }
        compdef _cairn_complete cairn
        """;

    private const string Fish = """
        complete -c cairn -a '(set -l line (commandline -cp); cairn "[suggest:"(string length "$line")"]" "$line" 2>/dev/null)'
        """;

    public static Command Create()
    {
        Shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        return new CairnCommand("completion", "Print the completion script of a shell", "eval \"$(cairn completion bash)\"") { Shell }
            .Runs((invocation, _) =>
        {
            invocation.Output.WriteLine(invocation.Value(Shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return Task.FromResult(ExitCodes.Done);
        });
    }
}
