using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using Recurrent.Tests.Conventions;
using Recurrent.Tests.Package;

namespace Recurrent.Tests.Samples;

/// <summary>The Edge sample in a folder of its own, published with NativeAOT; the assemblies are those of these tests.</summary>
public sealed class EdgePublishing : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recurrent-edge-").FullName;

    public EdgePublishing()
    {
        string sample = Path.Combine(Repository.Root, "samples", "Edge");
        foreach (string file in Directory.EnumerateFiles(sample))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        foreach (string shared in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            File.WriteAllText(
                Path.Combine(_folder, shared),
                $"""<Project><Import Project="{Path.Combine(Repository.Root, shared)}" /></Project>""");
        }

        Detach(Path.Combine(_folder, "Edge.csproj"));
    }

    /// <summary>Says which command is missing for a platform, or the system that it takes; <see langword="null"/> where nothing is.</summary>
    public static string? Missing(string runtimeIdentifier)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return "Publishing is tested on Linux on x64.";
        }

        // A linker for the platform, what strips symbols, and what runs the result.
        string[] commands = runtimeIdentifier == "linux-arm64" ? ["clang", "ld.lld", "aarch64-linux-gnu-gcc", "aarch64-linux-gnu-objcopy", "qemu-aarch64"] : ["clang", "objcopy"];
        string[] missing = [.. commands.Where(command => !OnPath(command))];
        return missing is [] ? null : $"This machine has no {string.Join(", ", missing)}.";
    }

    /// <summary>Publishes.</summary>
    /// <returns>Where the program is, and what the build printed.</returns>
    public (string Program, string BuildOutput) Publish(string runtimeIdentifier)
    {
        string output = Path.Combine(_folder, "published", runtimeIdentifier);
        string written = Dotnet.Run(
            _folder,
            new Dictionary<string, string>(),
            [
                "publish", "-c", "Release", "-r", runtimeIdentifier, "-o", output, "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false",
                .. runtimeIdentifier == "linux-arm64" ? ["-p:LinkerFlavor=lld", "-p:ObjCopyName=aarch64-linux-gnu-objcopy"] : Array.Empty<string>(),
            ]);
        return (Path.Combine(output, "Edge"), written);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Replaces projects of the repository by their assemblies, so that no build touches a folder that another may read.</summary>
    private static void Detach(string path)
    {
        XDocument project = XDocument.Load(path);
        foreach (XElement reference in project.Descendants("ProjectReference").ToList())
        {
            string name = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value) + ".dll";
            string assembly = Path.Combine(AppContext.BaseDirectory, name);
            reference.ReplaceWith(new XElement(reference.Attribute("OutputItemType")?.Value ?? "Reference", new XAttribute("Include", assembly)));
        }

        project.Root!.Add(new XElement("ItemGroup", new XElement("PackageReference", new XAttribute("Include", "System.Numerics.Tensors"))));
        project.Save(path);
    }

    private static bool OnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, command)));
}
