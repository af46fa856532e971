using System.IO.Hashing;

namespace AkiDb.Runtime.Tests.Router;

public class HashingStandInTests
{
    // Printed by Debian's `xxhsum -H64` for the bytes 0, 1, 2, … modulo 251.
    [Theory]
    [InlineData(0, "ef46db3751d8e999")]
    [InlineData(1, "e934a84adb052768")]
    [InlineData(3, "e5c7bb4533bc65dd")]
    [InlineData(4, "ffced8604453cc1e")]
    [InlineData(8, "884a173614b81b8d")]
    [InlineData(31, "c346d2b59b4d8ee1")]
    [InlineData(32, "cbf59c5116ff32b4")]
    [InlineData(33, "0c535d1acafb8ead")]
    [InlineData(100, "6ac1e58032166597")]
    public void Hash_BytesOfALength_EqualsTheReferenceTool(int length, string expected) =>
        Convert.ToHexStringLower(XxHash64.Hash([.. Enumerable.Range(0, length).Select(i => (byte)(i % 251))])).Should().Be(expected);
}
