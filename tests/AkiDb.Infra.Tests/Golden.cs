using AkiDb.TestKit;

namespace AkiDb.Infra.Tests;

/// <summary>Compares text with a file that is kept beside the test; <c>./akidb test --accept</c> rewrites the files.</summary>
internal static class Golden
{
    public static void Check(string actual, params string[] file)
    {
        var path = RepositoryFolder.At(["tests", "AkiDb.Infra.Tests", .. file]);
        if (Environment.GetEnvironmentVariable("AKIDB_ACCEPT_GOLDENS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        File.Exists(path).Should().BeTrue($"{path} is the golden file; './akidb test --accept' writes it");
        actual.Should().Be(File.ReadAllText(path), $"{Path.GetFileName(path)} holds what was accepted; './akidb test --accept' accepts a change");
    }
}
