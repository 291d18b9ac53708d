namespace Cairn.Models;

/// <summary>One purse: a rule's, or that of one caller where a rule is for each.</summary>
/// <param name="Name"><c>group:legal</c>; <c>group:legal each ann</c>.</param>
internal readonly record struct AccountName(string Tenant, string Name, BudgetPeriod Period)
{
    private const string Visitors = "visitors";

    public static AccountName Of(BudgetRule rule, CallOrigin origin, BudgetPeriod period)
        => new(origin.Caller.Tenant, rule.Each ? $"{rule.For.Text} each {origin.Caller.User ?? Visitors}" : rule.For.Text, period);
}
