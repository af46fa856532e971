using AkiDb.SearchEngine.Security;
using AkiDb.TestKit;

namespace AkiDb.Runtime.Tests.SearchEngine;

public sealed class KeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Key_OnlyItsHashIsKept()
    {
        var key = ApiKey.Create("ci", KeyScopes.Read | KeyScopes.Write, out var text);
        var path = Path.Combine(_folder.Root, "keys.json");

        File.WriteAllText(path, KeyFile.Text([key]));
        var read = KeyFile.Read(path, out var problems).Single();

        problems.Should().BeEmpty();
        File.ReadAllText(path).Should().NotContain(text).And.NotContain(text[^64..]);
        read.IsRight(text).Should().BeTrue();
        read.IsRight(text[..^1] + (text[^1] == '0' ? '1' : '0')).Should().BeFalse();
        read.Scopes.Should().Be(KeyScopes.Read | KeyScopes.Write);
        ApiKey.IdOf(text).Should().Be(read.Id);
    }

    [Theory]
    [InlineData("{", "*LineNumber*")]
    [InlineData("{}", "*has no list 'keys'*")]
    [InlineData("""{"keys":[null]}""", "*keys[0] is null*")]
    [InlineData("""{"keys":[{"id":"x","sha256":"","scopes":[]}]}""", "*keys[0].id is 'x'*")]
    [InlineData("""{"keys":[{"id":"0123456789ab","sha256":"zz","scopes":["read"]}]}""", "*64 hexadecimal*")]
    [InlineData("""{"keys":[{"id":"0123456789ab","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","scopes":["all"]}]}""", "*[all]; wanted one or more of read, write, admin*")]
    [InlineData("""{"keys":[{"id":"0123456789ab","secret":"x"}]}""", "*secret*")]
    public void KeyFile_ThatIsWrong_SaysWhere(string content, string problem)
    {
        var path = Path.Combine(_folder.Root, "keys.json");
        File.WriteAllText(path, content);

        KeyFile.Read(path, out var problems);

        problems.Should().ContainSingle().Which.Should().Match(problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("akidb_")]
    [InlineData("akidb_0123456789ab")]
    [InlineData("other_0123456789ab_secret")]
    public void IdOf_WhatIsNoKey_IsNull(string text) => ApiKey.IdOf(text).Should().BeNull();
}
