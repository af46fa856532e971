using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Edge;

/// <summary>Settings of an <see cref="OriginKey"/>.</summary>
public sealed class OriginKeyArgs : ResourceArgs
{
    /// <summary>KMS key that draws the value.</summary>
    [Input("kmsKeyId", required: true)]
    public required Input<string> KmsKeyId { get; init; }

    /// <summary>Which value is sent, 1 or more. One more rotates it: load balancers take the new and the one before, then
    /// CloudFront sends the new.</summary>
    public required int Serial { get; init; }
}

/// <summary>
/// The value of a header by which load balancers know our distribution from any other one: the prefix list that lets CloudFront in
/// lets everybody's CloudFront in. No person chooses or sees it: it is the hash of a KMS ciphertext, whose nonces AWS draws when it
/// is made (KMS encrypts the same text differently each time), and it is kept, encrypted, in Pulumi's state.
/// </summary>
public sealed class OriginKey : ComponentResource
{
    /// <summary>Name of the header.</summary>
    public const string Header = "X-AkiDB-Origin-Key";

    /// <summary>Declares the value and its predecessor.</summary>
    /// <exception cref="ArgumentException">A serial below 1.</exception>
    public OriginKey(string name, OriginKeyArgs args, ComponentResourceOptions? options = null)
        : base("akidb:edge:OriginKey", name, args, options)
    {
        ComponentArgument.InRange($"OriginKey '{name}'", nameof(args.Serial), args.Serial, 1, int.MaxValue);
        Accepted = [.. new[] { args.Serial, args.Serial - 1 }.Select(serial => Draw(name, serial, args))];
        RegisterOutputs();
    }

    /// <summary>What CloudFront sends.</summary>
    public Output<string> Sent => Accepted[0];

    /// <summary>What load balancers take: the value that is sent, and the one before it.</summary>
    public ImmutableArray<Output<string>> Accepted { get; }

    private Output<string> Draw(string name, int serial, OriginKeyArgs args)
    {
        var drawn = new Aws.Kms.Ciphertext($"{name}-{serial}", new Aws.Kms.CiphertextArgs
        {
            KeyId = args.KmsKeyId,
            // What is encrypted does not matter; that it is drawn anew does.
            Plaintext = $"{Header} {serial}",
        }, new CustomResourceOptions { Parent = this });
        return Output.CreateSecret(drawn.CiphertextBlob.Apply(text => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))));
    }
}
