using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary><c>kind: bedrock</c>: models on Amazon Bedrock by Converse, signed, or with a Bedrock API key.</summary>
internal sealed class BedrockKind : IProviderKind
{
    public const string Region = "region", AccessKey = "accessKey", SecretKey = "secretKey", SessionToken = "sessionToken";

    public string Name => "bedrock";

    public ImmutableArray<ProviderField> Fields =>
    [
        ProviderField.BaseUrl, ProviderField.ApiKey, ProviderField.Headers,
        new(Region, Required: true),
        new(AccessKey, ProviderFieldForm.Secret), new(SecretKey, ProviderFieldForm.Secret), new(SessionToken, ProviderFieldForm.Secret),
    ];

    public Uri? AddressOf(ProviderConnection connection)
        => connection.Address($"https://bedrock-runtime.{connection.Option(Region)}.amazonaws.com");

    public IUpstream Open(ProviderConnection connection, string model)
        => new BedrockUpstream(new(connection.Provider, model), connection, AddressOf(connection)!);
}
