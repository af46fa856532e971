namespace AkiDb.Forecasting.Serving;

/// <summary>A folder holds no model that this program can serve; the message names the file, what was found and what was wanted.</summary>
public sealed class ModelPackageException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public ModelPackageException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and what showed it.</summary>
    public ModelPackageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
