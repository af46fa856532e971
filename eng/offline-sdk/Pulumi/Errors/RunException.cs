namespace Pulumi;

/// <summary>An error of the program that is shown by its message alone.</summary>
public class RunException : Exception
{
    public RunException(string message) : base(message)
    {
    }

    public RunException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    internal static RunException OutputsHaveWrongType(IEnumerable<string> names)
        => new($"Output(s) '{string.Join(", ", names)}' have incorrect type. " +
            "[Output] attributed properties must be instances of Output<T>.");
}
