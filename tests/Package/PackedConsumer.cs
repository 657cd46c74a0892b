using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Recurrent.Tests.Conventions;

namespace Recurrent.Tests.Package;

/// <summary>
/// The package, and a project outside the repository that uses it: packed, restored and built once for all tests of a collection.
/// </summary>
public sealed class PackedConsumer : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    /// <summary>Of this run alone, so that no cache can give an older package.</summary>
    private static readonly string Version = $"0.0.0-test.{Guid.NewGuid():N}";

    private static readonly string[] Quiet = ["--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"];

    /// <summary>Adds the folder of the package to the sources that the user has.</summary>
    private const string Feed =
        """
        <configuration>
          <packageSources>
            <add key="packed" value="../feed" />
          </packageSources>
        </configuration>
        """;

    private readonly Dictionary<string, (string Program, string BuildOutput)> _published = new(StringComparer.Ordinal);
    private readonly string _folder = Directory.CreateTempSubdirectory("recurrent-package-").FullName;

    public PackedConsumer()
    {
        // A constructor that throws gets no Dispose.
        try
        {
            Build();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The package file.</summary>
    public string Package => Path.Combine(_folder, "feed", $"Recurrent.Gen.{Version}.nupkg");

    /// <summary>The symbols' package file.</summary>
    public string Symbols => Path.ChangeExtension(Package, ".snupkg");

    /// <summary>The documentation that the consumer's build wrote.</summary>
    public string Documentation => Path.Combine(_folder, "consumer", "out", "Consumer.xml");

    /// <summary>What the consumer's build printed.</summary>
    public string BuildOutput { get; private set; } = "";

    /// <summary>Runs the consumer.</summary>
    /// <returns>What it printed.</returns>
    public string Run(params (string Name, string Value)[] variables) => Dotnet.Run(
        _folder,
        variables.ToDictionary(variable => variable.Name, variable => variable.Value),
        "exec",
        Path.Combine(_folder, "consumer", "out", "Consumer.dll"));

    /// <summary>Publishes the consumer with NativeAOT, unless that has been done.</summary>
    /// <returns>The program, and what publishing it printed.</returns>
    public (string Program, string BuildOutput) Publish(string runtimeIdentifier, params string[] properties)
    {
        string output = Path.Combine(_folder, "native-" + string.Join('-', [runtimeIdentifier, .. properties.Select(property => property.Split('=')[^1])]));
        if (_published.TryGetValue(output, out (string Program, string BuildOutput) published))
        {
            return published;
        }

        string printed = Dotnet.Run(
            Path.Combine(_folder, "consumer"),
            new Dictionary<string, string>(),
            [
                "publish", "-c", "Release", "-r", runtimeIdentifier, "-o", output, "-p:PublishAot=true", "-p:InvariantGlobalization=true",
                "-p:TreatWarningsAsErrors=true", .. properties.Select(property => "-p:" + property), .. Quiet,
            ]);
        return _published[output] = (Path.Combine(output, "Consumer"), printed);
    }

    /// <summary>What a target of the consumer's project prints.</summary>
    public string Target(string name, params string[] properties) => Dotnet.Run(
        Path.Combine(_folder, "consumer"),
        new Dictionary<string, string>(),
        ["msbuild", $"-t:{name}", "-nologo", "-nodeReuse:false", .. properties.Select(property => "-p:" + property)]);

    /// <summary>A property of the project that is packed.</summary>
    public static string PropertyOfRuntime(string name) =>
        Dotnet.Run(Repository.Root, new Dictionary<string, string>(), "msbuild", "runtime", $"-getProperty:{name}", "-nodeReuse:false").Trim();

    /// <summary>A property of the consumer's project, when it is built for a runtime.</summary>
    public string Property(string name, string runtimeIdentifier) => Dotnet.Run(
        Path.Combine(_folder, "consumer"),
        new Dictionary<string, string>(),
        "msbuild",
        $"-getProperty:{name}",
        $"-p:RuntimeIdentifier={runtimeIdentifier}",
        "-nodeReuse:false").Trim();

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A virus scanner may still read what was just built; the system clears its temporary folder.
        }
    }

    private void Build()
    {
        Dictionary<string, string> none = [];
        Dotnet.Run(
            Repository.Root,
            none,
            [
                "pack", "runtime", "-c", Configuration, "--no-build", "-o", Path.Combine(_folder, "feed"),
                $"-p:PackageVersion={Version}", $"-p:NuspecOutputPath={Path.Combine(_folder, "nuspec")}", .. Quiet,
            ]);

        string consumer = Path.Combine(_folder, "consumer");
        Directory.CreateDirectory(consumer);
        File.WriteAllText(Path.Combine(consumer, "Program.cs"), ConsumerSource.Text);
        File.WriteAllText(Path.Combine(consumer, "nuget.config"), Feed);
        File.WriteAllText(Path.Combine(consumer, "Consumer.csproj"), Project());
        BuildOutput = Dotnet.Run(consumer, none, ["build", "-c", "Release", "-o", "out", .. Quiet]);
    }

    /// <summary>
    /// One reference. The package is unpacked beside the project; what it depends on may come from where the user's packages already are.
    /// </summary>
    private static string Project() =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">

          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <UseAppHost>false</UseAppHost>
            <NuGetAudit>false</NuGetAudit>
            <RestorePackagesPath>../packages</RestorePackagesPath>
            <RestoreFallbackFolders>{UserPackages()}</RestoreFallbackFolders>
          </PropertyGroup>

          <ItemGroup>
            <PackageReference Include="Recurrent.Gen" Version="{Version}" />
          </ItemGroup>

        </Project>
        """;

    private static string UserPackages()
    {
        string? named = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        string folder = string.IsNullOrEmpty(named)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")
            : named;
        return Directory.Exists(folder) ? folder : "";
    }
}
