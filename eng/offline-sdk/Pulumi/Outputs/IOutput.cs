using Pulumi.Serialization;

namespace Pulumi;

/// <summary>An output whose type is only known at run time.</summary>
internal interface IOutput
{
    Task<OutputData<object?>> GetDataAsync();

    /// <summary>Applies a function that gets the value as an object.</summary>
    Output<TResult> ApplyUntyped<TResult>(Func<object?, Task<TResult>> func);
}
