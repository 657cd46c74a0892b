using System;
using System.Linq;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Recurrent.Bench.Accuracy;
using Recurrent.Bench.Aot;
using Recurrent.Bench.Building;
using Recurrent.Bench.Compare;
using Recurrent.Bench.Curves;
using Recurrent.Bench.Gradients;
using Recurrent.Bench.Optimizers;
using Recurrent.Bench.Places;
using Recurrent.Bench.Precisions;
using Recurrent.Bench.Roofline;
using Recurrent.Bench.Soak;
using Recurrent.Bench.Threads;

namespace Recurrent.Bench;

public static class Program
{
    private const string Usage = """
        usage: dotnet run -c Release --project bench -- roofline
                   one step of each cell beside the streaming of its packed weights, as CSV
               dotnet run -c Release --project bench -- places
                   one step of each cell with its state from a cache line on, across two lines, and across two pages of memory, as CSV
               dotnet run -c Release --project bench -- compare [--quick] [--mode MODE] [--csv FILE]
                   ours beside ONNX Runtime and libtorch, as CSV: step, run, many streams, training; --quick takes three minutes, --mode step, run, many or train measures that alone,
                   --csv writes FILE and beside it a report with plots; libtorch takes -p:Torch=true in front of --
               dotnet run -c Release --project bench -- precision CASES [--markdown]
                   weights in fewer bytes, as CSV or Markdown: size, error and time of a step; CASES is the folder with the models of others
               dotnet run -c Release --project bench -- optimizers [--figures FILE]
                   a step of each optimiser at 395,264 parameters, as CSV; with -p:Torch=true beside libtorch's, after a hundred steps of both have been
                   compared; --figures writes libtorch's parameters, which tests compare with
               dotnet run -c Release --project bench -p:Torch=true -- curves [--figures FILE]
                   the losses of a hundred steps of Adam on an LSTM and a GRU beside libtorch's, from the same weights on the same batches, as CSV
               dotnet run -c Release --project bench -p:Torch=true -- gradients [--figures FILE]
                   our gradients by parameters, inputs and initial states beside libtorch's, as CSV: LSTM and GRU of two layers in both directions, an
                   encoder and a decoder, sequences of several lengths; --figures writes libtorch's, which tests compare with
               dotnet run -c Release --project bench -- accuracy [FUNCTION ...] [--stride N] [--markdown]
                   the error of every function of one number over every float, as CSV or Markdown, where it is not monotone, and floats for which
                   instruction sets differ; a minute or two for each function, and --stride N looks at one float in N
               dotnet run -c Release --project bench -- parallel [THREADS]
                   two threads, or as many as given, that share the rows of large layers beside one thread, as CSV; each wants an idle core of its own
               dotnet run -c Release --project bench -- generator
                   what the generator adds to a build of 1, 10 and 50 networks, as CSV: time and size, and the cost of a keystroke elsewhere
               dotnet run -c Release --project bench -- aot
                   steps of one program beside those of the same program published with NativeAOT, for the instruction sets that a package's user gets
                   and for x86-64-v4, as CSV
               dotnet run -c Release --project bench -- edge
                   samples/Edge published with NativeAOT and started 50 times, as CSV: its size, and the median and the slowest time from the start of
                   the process to its answer to a frame
               dotnet run -c Release --project bench -- soak [--steps N | --minutes M] [--csv FILE]
                   steps one stream, a thousand million times by default, and runs a hundred stretches again: nothing allocated, no bit drifted,
                   and the memory curve as CSV (soak.csv) with a plot
               dotnet run -c Release --project bench -- suites [arguments of BenchmarkDotNet]
                   time and allocation of Step, Run, StepMany, Forward and Backward, of activations, of steps with weights in fewer bytes, of the
                   generator, and the time from a process's start to its first output;
                   --filter '*Step*' chooses, --list flat lists, --job short is quick
        """;

    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["roofline"]:
                RooflineTable.Print(Console.Out, Console.Error);
                return 0;
            case ["places"]:
                PlaceTable.Print(Console.Out, Console.Error);
                return 0;
            case ["compare", .. string[] rest] when CompareOptions.Parse(rest) is CompareOptions options:
                return CompareTable.Print(options, Console.Out, Console.Error);
            case ["precision", string cases, .. string[] rest] when rest is [] or ["--markdown"]:
                PrecisionTable.Print(cases, isMarkdown: rest.Length > 0, Console.Out, Console.Error);
                return 0;
            case ["optimizers", .. string[] rest] when rest is [] or ["--figures", _]:
                return OptimizerTable.Print(rest is [_, string figures] ? figures : null, Console.Out, Console.Error);
            case ["curves", .. string[] rest] when rest is [] or ["--figures", _]:
                return CurveTable.Print(rest is [_, string losses] ? losses : null, Console.Out, Console.Error);
            case ["gradients", .. string[] rest] when rest is [] or ["--figures", _]:
                return GradientTable.Print(rest is [_, string gradients] ? gradients : null, Console.Out, Console.Error);
            case ["accuracy", .. string[] rest] when AccuracyOptions.Parse(rest) is AccuracyOptions options:
                return AccuracyTable.Print(options, Console.Out, Console.Error);
            case ["parallel", .. string[] rest] when ThreadTable.Threads(rest) is int threads:
                return ThreadTable.Print(threads, Console.Out, Console.Error);
            case ["generator"]:
                BuildTable.Print(Console.Out, Console.Error);
                return 0;
            case ["aot"]:
                return AotTable.Print(Console.Out, Console.Error);
            case ["edge"]:
                return EdgeTable.Print(Console.Out, Console.Error);
            case ["soak", .. string[] rest] when SoakOptions.Parse(rest) is SoakOptions options:
                return SoakRun.Run(options, Console.Out, Console.Error);
            case ["suites", .. string[] rest]:
                // Where the default of two minutes for building is over, nothing is measured; on two cores these networks may take that long.
                ManualConfig config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(15));
                return BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest, config).All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
            case ["--help" or "-h" or "-?"]:
                Console.WriteLine(Usage);
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }
}
