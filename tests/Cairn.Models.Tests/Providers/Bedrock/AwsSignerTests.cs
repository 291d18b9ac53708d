using System.Text;

namespace Cairn.Models.Tests;

/// <summary>
/// The published vectors: the Signature Version 4 test suite (get-vanilla …, mirrored in https://github.com/awslabs/aws-c-auth under
/// tests/aws-signing-test-suite) and the examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html.
/// </summary>
public sealed class AwsSignerTests
{
    private static readonly DateTimeOffset SuiteTime = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);
    private static readonly AwsCredentials Suite = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);

    [Theory]
    [InlineData("GET", "https://example.amazonaws.com/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "https://example.amazonaws.com/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("GET", "https://example.amazonaws.com/?Param2=value2&Param1=value1",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    public void Requests_of_the_suite_get_its_signatures(string method, string address, string signature)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        new AwsSigner("us-east-1", "service").Sign(request, [], Suite, SuiteTime);
        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature={signature}",
            request.Headers.NonValidated["Authorization"].ToString());
        Assert.Equal("20150830T123600Z", request.Headers.NonValidated["x-amz-date"].ToString());
    }

    [Fact]
    public void Headers_that_the_request_has_are_signed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://examplebucket.s3.amazonaws.com/test.txt");
        request.Headers.TryAddWithoutValidation("Range", "bytes=0-9");
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        var credentials = new AwsCredentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);
        new AwsSigner("us-east-1", "s3").Sign(request, [], credentials, new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));
        Assert.EndsWith(
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            request.Headers.NonValidated["Authorization"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_token_is_sent_and_signed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://example.amazonaws.com/");
        new AwsSigner("us-east-1", "service").Sign(request, [], Suite with { SessionToken = "token" }, SuiteTime);
        Assert.Equal("token", request.Headers.NonValidated["x-amz-security-token"].ToString());
        Assert.Contains("SignedHeaders=host;x-amz-date;x-amz-security-token,", request.Headers.NonValidated["Authorization"].ToString());
    }

    [Fact]
    public void A_body_changes_the_signature_and_credentials_never_print_their_secret()
    {
        Assert.NotEqual(Signed("{}"), Signed("{ }"));
        Assert.DoesNotContain(Suite.SecretKey, $"{Suite}");
    }

    private static string Signed(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://example.amazonaws.com/model/a%3A0/converse");
        new AwsSigner("us-east-1", "bedrock").Sign(request, Encoding.UTF8.GetBytes(body), Suite, SuiteTime);
        return request.Headers.NonValidated["Authorization"].ToString();
    }
}
