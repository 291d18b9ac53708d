namespace Cairn.Server;

/// <summary>
/// What an endpoint asks of its caller. An endpoint that says nothing asks for <see cref="Right.Use"/>; only one that says so is open to
/// visitors.
/// </summary>
internal sealed record RequiredRight(Right Right);

internal static class RequiredRightExtensions
{
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, Right right)
        where TBuilder : IEndpointConventionBuilder
        => endpoint.WithMetadata(new RequiredRight(right));
}
