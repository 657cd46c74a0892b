using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Intrinsics.X86;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Recurrent.Gen;
using Recurrent.Gen.CodeFixes;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Package;

/// <summary>What a user gets who adds the one package reference.</summary>
[Collection(PackageCollection.Name)]
public class PackageTests(PackedConsumer packed)
{
    [Fact]
    public void The_package_holds_the_runtime_the_generator_its_code_fixes_and_the_properties()
    {
        using ZipArchive archive = ZipFile.OpenRead(packed.Package);
        string[] files = archive.Entries.Select(entry => entry.FullName).ToArray();

        files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal))
            .ShouldBe(["lib/net10.0/Recurrent.dll", "analyzers/dotnet/cs/Recurrent.Gen.dll", "analyzers/dotnet/cs/Recurrent.Gen.CodeFixes.dll"], ignoreOrder: true);
        foreach (string wanted in new[]
        {
            "lib/net10.0/Recurrent.xml",
            "build/Recurrent.Gen.props",
            "build/Recurrent.Gen.targets",
            "buildTransitive/Recurrent.Gen.props",
            "buildTransitive/Recurrent.Gen.targets",
            "README.md",
            "LICENSE",
            "icon.png",
        })
        {
            files.ShouldContain(wanted);
        }
    }

    [Fact]
    public void The_package_names_its_licence_readme_and_icon_and_one_dependency()
    {
        using ZipArchive archive = ZipFile.OpenRead(packed.Package);
        XDocument specification = XDocument.Load(archive.GetEntry("Recurrent.Gen.nuspec")!.Open());
        IEnumerable<XElement> Named(string name) => specification.Descendants().Where(element => element.Name.LocalName == name);

        Named("license").Single().Value.ShouldBe("MIT");
        Named("readme").Single().Value.ShouldBe("README.md");
        Named("icon").Single().Value.ShouldBe("icon.png");
        Named("dependency").Select(dependency => dependency.Attribute("id")!.Value).ShouldBe(["System.Numerics.Tensors"]);
    }

    [Fact]
    public void The_symbols_are_a_package_of_their_own()
    {
        using ZipArchive archive = ZipFile.OpenRead(packed.Symbols);

        archive.Entries.ShouldContain(entry => entry.FullName == "lib/net10.0/Recurrent.pdb");
    }

    [Fact]
    public void The_symbols_hold_every_source()
    {
        Guid embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE"); // Of the specification of portable PDBs.
        using ZipArchive archive = ZipFile.OpenRead(packed.Symbols);
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbImage([.. Bytes(archive.GetEntry("lib/net10.0/Recurrent.pdb")!)]);
        MetadataReader reader = provider.GetMetadataReader();

        reader.Documents.Count.ShouldBeGreaterThan(50);
        reader.Documents
            .Where(document => !reader.GetCustomDebugInformation(document).Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == embeddedSource))
            .Select(document => reader.GetString(reader.GetDocument(document).Name))
            .ShouldBeEmpty();
    }

    /// <summary>A compiler that was told to be deterministic says so in what it writes; folders of the machine would make other bytes on another one.</summary>
    [Fact]
    public void Every_assembly_is_deterministic_and_names_no_folder_of_the_machine_that_built_it()
    {
        using ZipArchive archive = ZipFile.OpenRead(packed.Package);
        ZipArchiveEntry[] assemblies = [.. archive.Entries.Where(entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal))];

        assemblies.Length.ShouldBe(3);
        foreach (ZipArchiveEntry assembly in assemblies)
        {
            using PEReader reader = new([.. Bytes(assembly)]);
            DebugDirectoryEntry[] entries = [.. reader.ReadDebugDirectory()];
            entries.ShouldContain(entry => entry.Type == DebugDirectoryEntryType.Reproducible, assembly.FullName);
#if !DEBUG
            DebugDirectoryEntry symbols = entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
            string path = reader.ReadCodeViewDebugDirectoryData(symbols).Path;
            (path.StartsWith("/_/", StringComparison.Ordinal) || !path.Contains('/')).ShouldBeTrue($"{assembly.FullName} names {path}");
#endif
        }
    }

    [Fact]
    public void The_assemblies_are_those_that_are_tested()
    {
        using ZipArchive archive = ZipFile.OpenRead(packed.Package);
        foreach (Assembly tested in new[] { typeof(Vec).Assembly, typeof(RecurrentGenerator).Assembly, typeof(ReplaceFix).Assembly })
        {
            using PEReader reader = new([.. Bytes(archive.Entries.Single(entry => entry.Name == tested.GetName().Name + ".dll"))]);
            MetadataReader metadata = reader.GetMetadataReader();
            metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ShouldBe(tested.ManifestModule.ModuleVersionId, tested.GetName().Name);
        }
    }

    [Fact]
    public void Packing_validates_the_package() => PackedConsumer.PropertyOfRuntime("EnablePackageValidation").ShouldBe("true");

    [Fact]
    public void The_icon_has_128_by_128_pixels()
    {
        using ZipArchive archive = ZipFile.OpenRead(packed.Package);
        using Stream icon = archive.GetEntry("icon.png")!.Open();
        byte[] header = new byte[24];
        icon.ReadExactly(header);

        header.AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
        BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(16)).ShouldBe(128);
        BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(20)).ShouldBe(128);
    }

    [Fact]
    public void A_project_with_the_package_builds_without_a_warning()
    {
        string[] lines = [.. packed.BuildOutput.Split('\n').Select(line => line.Trim())];

        lines.Where(line => line.Contains(": warning ", StringComparison.Ordinal)).ShouldBeEmpty();
        lines.Where(line => line.EndsWith("Warning(s)", StringComparison.Ordinal)).ShouldBe(["0 Warning(s)"]);
    }

    [Theory]
    [InlineData("linux-x64", "avx")]
    [InlineData("win-x64", "avx")]
    [InlineData("linux-arm64", "")]
    public void NativeAOT_asks_an_x64_processor_for_wider_instructions(string runtimeIdentifier, string expected) =>
        packed.Property("IlcInstructionSet", runtimeIdentifier).ShouldBe(expected);

    [Fact]
    public void Every_member_that_is_generated_has_documentation()
    {
        HashSet<string> documented = XDocument.Load(packed.Documentation)
            .Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet(StringComparer.Ordinal);
        Compilation compilation = Consumer.Build(ConsumerSource.Text).Compilation;
        foreach (string network in ConsumerSource.Networks)
        {
            string[] members = compilation.GetTypeByMetadataName(network)!.GetMembers()
                .Where(member => member.DeclaredAccessibility == Accessibility.Public && !member.IsImplicitlyDeclared)
                .Where(member => member is not IMethodSymbol { AssociatedSymbol: not null })
                .Select(member => member.GetDocumentationCommentId()!)
                .ToArray();

            members.Length.ShouldBeGreaterThan(15);
            members.Except(documented).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Every_parameter_that_is_generated_has_documentation()
    {
        Dictionary<string, int> documented = XDocument.Load(packed.Documentation)
            .Descendants("member")
            .ToDictionary(
                member => member.Attribute("name")!.Value,
                member => member.Elements("param").Count(param => !string.IsNullOrWhiteSpace(param.Value)));
        Compilation compilation = Consumer.Build(ConsumerSource.Text).Compilation;
        foreach (IMethodSymbol method in ConsumerSource.Networks
            .SelectMany(network => compilation.GetTypeByMetadataName(network)!.GetMembers())
            .OfType<IMethodSymbol>()
            .Where(method => method is { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary, IsImplicitlyDeclared: false }))
        {
            documented[method.GetDocumentationCommentId()!].ShouldBe(method.Parameters.Length, method.ToDisplayString());
        }
    }

    [Fact]
    public void The_packaged_generator_gives_the_bits_that_it_gives_in_memory() =>
        ConsumerOutputs.Of(packed.Run()).ShouldHaveTheBits(InstructionSets.Best);

    [SkippableFact]
    public void A_processor_without_AVX_512_gives_the_same_bits()
    {
        Skip.IfNot(InstructionSets.IsSupported(InstructionSet.Avx512), "This machine has no AVX-512 to go without.");

        ConsumerOutputs.Of(packed.Run(("DOTNET_EnableAVX512", "0"))).ShouldHaveTheBits(InstructionSet.Avx2);
    }

    [SkippableTheory]
    [InlineData(InstructionSet.Avx2)]
    [InlineData(InstructionSet.Avx512)]
    public void A_processor_without_products_of_bytes_gives_the_same_bits(InstructionSet best)
    {
        Skip.IfNot(AvxVnni.IsSupported, "This machine has no AVX-VNNI to go without.");
        Skip.IfNot(InstructionSets.IsSupported(best), $"This machine has no {best}.");

        string wider = best == InstructionSet.Avx512 ? "1" : "0";
        ConsumerOutputs.Of(packed.Run(("DOTNET_EnableAVXVNNI", "0"), ("DOTNET_EnableAVX512", wider))).ShouldHaveTheBits(best);
    }

    [SkippableTheory]
    [InlineData("DOTNET_EnableAVX2", InstructionSet.Vector128)]
    [InlineData("DOTNET_EnableHWIntrinsic", InstructionSet.Scalar)]
    public void A_processor_without_fused_multiply_add_gives_other_roundings(string variable, InstructionSet best)
    {
        Skip.IfNot(InstructionSets.IsSupported(InstructionSet.Avx2), "This machine has no fused multiply-add to go without.");

        ConsumerOutputs.Of(packed.Run((variable, "0"))).ShouldBeClose(best);
    }

    [Theory]
    [InlineData(1, "RuntimeIdentifier=linux-x64", "OptimizationPreference=Size")]
    [InlineData(0, "RuntimeIdentifier=linux-x64", "OptimizationPreference=Speed")]
    [InlineData(0, "RuntimeIdentifier=linux-x64", "OptimizationPreference=Size", "IlcInstructionSet=x86-64-v3")]
    [InlineData(0, "RuntimeIdentifier=linux-arm64", "OptimizationPreference=Size")]
    public void Small_code_that_loses_the_choice_of_instruction_set_gets_a_warning(int warnings, params string[] properties) =>
        packed.Target("WarnOfLostInstructionSets", properties).Split('\n').Count(line => line.Contains(" warning RGEN300: ", StringComparison.Ordinal)).ShouldBe(warnings);

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        byte[] bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
