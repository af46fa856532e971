namespace Pulumi;

/// <summary>Names a package that is made from parameters; cannot be made offline.</summary>
/// <remarks>
/// It is here for the constructors that take one: because of them, the published SDK finds a call that leaves the options out
/// ambiguous. Without them such a call would compile here and fail there.
/// </remarks>
public sealed class RegisterPackageRequest
{
    private RegisterPackageRequest()
    {
    }
}
