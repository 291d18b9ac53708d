namespace Cairn.Server;

/// <summary>Somebody tries sign-ins faster than a person does.</summary>
internal sealed class TooManyAttemptsException(TimeSpan wait)
    : CairnException(ErrorKind.NotPermitted, "sign-in.too-many", "Too many failed sign-ins from your address.",
        $"Wait {Math.Ceiling(wait.TotalSeconds):0} seconds, then try again.")
{
    public TimeSpan Wait { get; } = wait;
}
