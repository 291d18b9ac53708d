namespace Cairn.Models;

/// <summary>A budget does not hold what a call may cost. Over HTTP 402, never 429: clients hammer a 429.</summary>
public sealed class BudgetSpentException : CairnException
{
    internal BudgetSpentException(AccountName account, decimal limit, decimal taken, decimal most)
        : base(ErrorKind.NotPermitted, "budget.spent", Describe(account, limit, taken, most), FixFor(account, limit, most))
        => (Budget, Resets) = (account.Name, account.Period.End);

    /// <summary><c>user:ann</c>.</summary>
    public string Budget { get; }

    public DateTimeOffset Resets { get; }

    private static string Describe(AccountName account, decimal limit, decimal taken, decimal most)
        => FormattableString.Invariant(
            $"The budget of {account.Name} for {account.Period.Text} is {limit:0.00##} USD; {taken:0.00####} USD of it is spent or reserved, and this call may cost up to {most:0.00####} USD. ")
            + FormattableString.Invariant($"It resets on {account.Period.End:yyyy-MM-dd HH:mm} UTC.");

    private static string FixFor(AccountName account, decimal limit, decimal most)
        => most > limit
            ? "Ask for fewer tokens (max_tokens) or take a cheaper model; the owner can raise the budget in cairn.yaml under budgets."
            : FormattableString.Invariant(
                $"Wait until {account.Period.End:yyyy-MM-dd HH:mm} UTC or ask for fewer tokens (max_tokens); the owner can raise the budget in cairn.yaml under budgets.");
}
