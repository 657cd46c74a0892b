using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Package;

/// <summary>What a user's program computes that is published with NativeAOT, on processors that this machine has or qemu plays.</summary>
[Collection(PackageCollection.Name)]
public class NativeTests(PackedConsumer packed)
{
    private const string Arm = "/usr/aarch64-linux-gnu";

    private static readonly Dictionary<string, string> NoVariables = [];

    [SkippableTheory]
    [InlineData("Haswell", InstructionSet.Avx2)]
    [InlineData("SandyBridge", InstructionSet.Vector128)]
    public void One_program_has_kernels_for_processors_with_fused_multiply_add_and_without(string processor, InstructionSet best)
    {
        NeedsFusedX64();
        Needs("clang", "qemu-x86_64");

        ConsumerOutputs outputs = Outputs("qemu-x86_64", "-cpu", processor, packed.Publish("linux-x64").Program);

        if (best == InstructionSet.Avx2)
        {
            outputs.ShouldHaveTheBits(best);
        }
        else
        {
            outputs.ShouldBeClose(best);
        }
    }

    [SkippableFact]
    public void One_program_runs_the_kernels_of_this_processor()
    {
        NeedsFusedX64();
        Needs("clang");

        Outputs(packed.Publish("linux-x64").Program).ShouldHaveTheBits(InstructionSet.Avx2);
    }

    /// <summary>Warnings are errors, so that one would have ended the build; this says that none was hidden.</summary>
    [SkippableFact]
    public void A_program_is_compiled_without_a_warning_about_trimming_or_native_code()
    {
        NeedsFusedX64();
        Needs("clang");

        string printed = packed.Publish("linux-x64").BuildOutput;

        printed.ShouldContain("Generating native code");
        Regex.Matches(printed, @"\b(warning|IL\d{4})\b").Select(match => match.Value).ShouldBeEmpty(printed);
    }

    [SkippableFact]
    public void A_program_for_every_x64_processor_runs_kernels_for_128_bits()
    {
        NeedsFusedX64();
        Needs("clang");

        Outputs(packed.Publish("linux-x64", "IlcInstructionSet=x86-64-v2").Program).ShouldBeClose(InstructionSet.Vector128);
    }

    [SkippableFact]
    public void A_program_for_arm64_gives_the_bits_of_x64()
    {
        NeedsFusedX64();
        Needs("clang", "ld.lld", "aarch64-linux-gnu-objcopy", "qemu-aarch64");
        Skip.IfNot(Directory.Exists(Arm), $"Not installed: the C library for arm64, in {Arm}.");

        string program = packed.Publish("linux-arm64", "LinkerFlavor=lld", "ObjCopyName=aarch64-linux-gnu-objcopy").Program;

        Outputs("qemu-aarch64", "-L", Arm, program).ShouldHaveTheBits(InstructionSet.Vector128);
    }

    private static ConsumerOutputs Outputs(string program, params string[] arguments) =>
        ConsumerOutputs.Of(Dotnet.RunProgram(program, Path.GetTempPath(), NoVariables, arguments));

    private static void NeedsFusedX64()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "This machine does not run Linux on x64.");
        Skip.IfNot(InstructionSets.IsSupported(InstructionSet.Avx2), "This machine has no AVX2 with fused multiply-add to compare bits with.");
    }

    private static void Needs(params string[] programs)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] absent = [.. programs.Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program))))];

        Skip.If(absent.Length > 0, $"Not installed: {string.Join(", ", absent)}.");
    }
}
