using System.Diagnostics;
using AkiDb.Infra.Components.Workloads;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Deploying;

/// <summary>eng/launcher/publish-images.sh, run for real with stand-ins for docker, dotnet and pulumi; and what docs/deploy.md says of images.</summary>
public sealed class ImagesTests : IDisposable
{
    private const string Registry = "111122223333.dkr.ecr.us-east-1.amazonaws.com";

    private readonly TemporaryFolder _folder = new();

    public ImagesTests()
    {
        Directory.CreateDirectory(At("registry"));
        File.WriteAllText(At("calls"), "");
        // The registry is a folder with a file an image; the digest is the image's name.
        Tool("docker", """
            case $3 in
              inspect) name=${4#*/akidb/}; test -e "$FOLDER/registry/$name" && echo "sha256:$name" ;;
              *) cat >/dev/null; for name; do case $name in */akidb/*) : >"$FOLDER/registry/${name#*/akidb/}"; echo "build ${name#*/akidb/}" >>"$FOLDER/calls" ;; esac; done ;;
            esac
            """);
        Tool("dotnet", """
            for word; do case $word in *ContainerRepository=akidb/*) name=${word#*akidb/} ;; *ContainerImageTag=*) tag=${word#*=} ;; esac; done
            : >"$FOLDER/registry/$name:$tag"; echo "publish $name:$tag" >>"$FOLDER/calls"
            """);
        Tool("pulumi", "echo \"$4 $5\" >>\"$FOLDER/calls\"");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_OwnImages_ArePushedAndPinned()
    {
        await PublishAsync("a1");

        Calls().Should().Equal(
            "publish search-engine:a1", "akidb:workloads.images.search-engine sha256:search-engine:a1",
            "publish predictor:a1", "akidb:workloads.images.predictor sha256:predictor:a1",
            "publish router:a1", "akidb:workloads.images.router sha256:router:a1",
            "build search-engine-lambda:a1", "akidb:workloads.images.search-engine-lambda sha256:search-engine-lambda:a1");
    }

    [Fact]
    public async Task Publish_SameCommitForTheNextEnvironment_PinsWhatIsThereAlready()
    {
        await PublishAsync("a1");
        File.WriteAllText(At("calls"), "");

        await PublishAsync("a1");

        Calls().Should().HaveCount(4).And.OnlyContain(call => call.StartsWith("akidb:workloads.images.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Document_NamesEveryImageAndWhereItComesFrom()
    {
        var document = await File.ReadAllTextAsync(RepositoryFolder.At("docs", "deploy.md"));
        var repositories = (await Components.ProductionPlan.Value).Resources.SelectMany(resource => Texts(resource.Inputs)).SelectMany(Repositories).Distinct().ToList();

        ImageNames.All.Should().OnlyContain(name => document.Contains($"`{name}`", StringComparison.Ordinal));
        repositories.Should().NotBeEmpty().And.OnlyContain(repository => document.Contains(repository, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Texts(PlanValue value) => value switch
    {
        TextValue text => [text.Value],
        ListValue list => list.Items.SelectMany(Texts),
        MapValue map => map.Entries.Values.SelectMany(Texts),
        _ => [],
    };

    private static IEnumerable<string> Repositories(string text) => text.Split('"', '\'', ' ', ',')
        .Where(word => word.Contains("@sha256:", StringComparison.Ordinal) && !word.Contains(".dkr.ecr.", StringComparison.Ordinal))
        .Select(word => word[..word.IndexOf('@', StringComparison.Ordinal)]);

    private string At(string path) => Path.Combine(_folder.Root, path);

    private string[] Calls() => File.ReadAllLines(At("calls"));

    private void Tool(string name, string script)
    {
        Directory.CreateDirectory(At("bin"));
        File.WriteAllText(At($"bin/{name}"), $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(At($"bin/{name}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task PublishAsync(string tag)
    {
        var start = new ProcessStartInfo("sh", [RepositoryFolder.At("eng", "launcher", "publish-images.sh"), Registry, tag])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{At("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["FOLDER"] = _folder.Root;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, error);
    }
}
