namespace Cairn.Models;

/// <param name="SessionToken">Only with temporary credentials.</param>
internal sealed record AwsCredentials(string AccessKey, string SecretKey, string? SessionToken)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => AccessKey;
}
