using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A bag of inputs: members marked with <see cref="InputAttribute"/>.</summary>
public abstract class InputArgs
{
    private protected InputArgs()
    {
    }

    /// <summary>The inputs by provider name; members without a value are null.</summary>
    /// <exception cref="ArgumentNullException">A required input has no value.</exception>
    internal virtual IEnumerable<KeyValuePair<string, object?>> ReadInputs()
    {
        var type = GetType();
        foreach (var member in InputMember.Of(type))
        {
            var value = member.Read(this);
            if (value is null && member.Attribute.IsRequired)
            {
                throw new ArgumentNullException(
                    member.Name, $"[Input] {type.FullName}.{member.Name} is required but was not given a value");
            }

            if (value is not null && member.Attribute.Json)
            {
                value = JsonText.OfInput($"[Input] {type.FullName}.{member.Name}", value);
            }

            yield return KeyValuePair.Create(member.Attribute.Name, value);
        }
    }
}

/// <summary>The inputs of a resource.</summary>
public abstract class ResourceArgs : InputArgs
{
    /// <summary>No inputs.</summary>
    public static readonly ResourceArgs Empty = new EmptyArgs();

    private sealed class EmptyArgs : ResourceArgs;
}

/// <summary>The arguments of a provider function.</summary>
public abstract class InvokeArgs : InputArgs
{
    /// <summary>No arguments.</summary>
    public static readonly InvokeArgs Empty = new EmptyArgs();

    private sealed class EmptyArgs : InvokeArgs;
}
