namespace AkiDb.Router.Proxy;

/// <summary>Text of small whole numbers, made once: budgets repeat.</summary>
internal static class DecimalText
{
    private static readonly string[] Known = [.. Enumerable.Range(0, 1_024).Select(n => n.ToString())];

    public static string Of(int number) => (uint)number < (uint)Known.Length ? Known[number] : number.ToString();
}
