using AkiDb.ObjectStorage;
using Amazon.Runtime;

namespace AkiDb.Runtime.Tests.ObjectStorage;

/// <summary>The examples of the S3 API reference, "Examples: Signature Calculations in AWS Signature Version 4".</summary>
public sealed class S3SignatureTests
{
    private static readonly ImmutableCredentials Example = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "");
    private static readonly DateTimeOffset Then = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("test.txt", "bytes=0-9", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("?lifecycle", null, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("?max-keys=2&prefix=J", null, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Sign_OfADocumentedRequest_GivesTheDocumentedSignature(string address, string? range, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("https://examplebucket.s3.amazonaws.com/" + address));
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }

        S3Signature.Sign(request, S3Signature.Hash([]), "us-east-1", Example, Then);

        request.Headers.GetValues("Authorization").Single().Should().EndWith($",Signature={signature}");
    }

    [Fact]
    public void Sign_WithASessionToken_SignsItToo()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("https://b.s3.amazonaws.com/a"));

        S3Signature.Sign(request, S3Signature.Hash([]), "us-east-1", new ImmutableCredentials("K", "S", "session"), Then);

        request.Headers.GetValues("x-amz-security-token").Single().Should().Be("session");
        request.Headers.GetValues("Authorization").Single().Should().Contain("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,");
    }
}
