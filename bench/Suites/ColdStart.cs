using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using BenchmarkDotNet.Attributes;
using Recurrent.Bench.Aot;

namespace Recurrent.Bench.Suites;

/// <summary>
/// The time from the start of a process to the first output of its network, an LSTM (1, 32). What starting a process allocates here says nothing of the
/// program, so that memory is not diagnosed.
/// </summary>
public class ColdStart
{
    private PublishedProgram _program = null!;

    public static IEnumerable<string> Compilers => PublishedProgram.Missing is null ? ["JIT", "NativeAOT"] : ["JIT"];

    [ParamsSource(nameof(Compilers))]
    public string Compiler { get; set; } = "";

    [GlobalSetup]
    public void Publish() => _program = Compiler == "JIT" ? PublishedProgram.ForJit(PublishedProgram.Stepper) : PublishedProgram.ForNativeAot(PublishedProgram.Stepper);

    [GlobalCleanup]
    public void Dispose() => _program.Dispose();

    [Benchmark]
    public string FirstOutput()
    {
        using Process process = _program.Start([], "first");
        string output = process.StandardOutput.ReadLine() ?? throw new EndOfStreamException("The program gave no output.");
        process.WaitForExit();
        return output;
    }
}
