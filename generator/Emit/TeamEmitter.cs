using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>A call of a kernel.</summary>
/// <param name="Plan">The pass that the kernel is of.</param>
/// <param name="Write">Writes the call.</param>
public sealed record KernelCall(PassPlan Plan, Action Write);

/// <summary>Writes how several threads share the passes of a network that has layers large enough.</summary>
public static class TeamEmitter
{
    private static readonly Pass[] Inference = [Pass.Input, Pass.Forward, Pass.Many];

    /// <summary>Whether a network has a pass that threads can share.</summary>
    public static bool IsShared(NetworkPlan network) => network.Layers.Any(IsShared);

    /// <summary>Whether a layer has one.</summary>
    public static bool IsShared(LayerPlan layer) => Inference.Any(pass => layer.Find(pass)?.IsShared == true);

    /// <summary>Writes what the network keeps for it.</summary>
    public static void Fields(CodeWriter code, NetworkPlan network)
    {
        if (!IsShared(network))
        {
            code.Line("private int _degreeOfParallelism = 1;");
            return;
        }

        code.Line("private global::Recurrent.Team? _team;");
        foreach (string pass in Shared(network))
        {
            code.Line($"private global::Recurrent.SharedPass? {FieldOf(pass)};");
        }
    }

    /// <summary>Writes how threads are started and ended.</summary>
    public static void Degree(CodeWriter code, NetworkPlan network)
    {
        code.Line();
        code.Line("/// <summary>Threads that may work on a call, the caller's among them.</summary>");
        code.Block("internal int DegreeOfParallelism", () =>
        {
            code.Line($"get => {(IsShared(network) ? "_team?.Threads ?? 1" : "_degreeOfParallelism")};");
            code.Block("set", () =>
            {
                code.Line("_ = _memory.Pointer; // Throws where the network has been disposed.");
                if (!IsShared(network))
                {
                    code.Line("_degreeOfParallelism = value;");
                    return;
                }

                code.Line("_team?.Dispose();");
                code.Line("_team = null;");
                code.Block("if (value > 1)", () =>
                {
                    foreach (string pass in Shared(network))
                    {
                        code.Line($"{FieldOf(pass)} ??= {PartOf(pass)};");
                    }

                    code.Line("_team = new global::Recurrent.Team(value);");
                });
            });
        });
    }

    /// <summary>Writes the body of a pass: the threads share it, where there are several, and no other caller has them.</summary>
    public static void Call(CodeWriter code, string pass, string arguments) => code.Block(
        $"if (_team is null || !_team.TryRun({FieldOf(pass)}!, {arguments}))", () => code.Line($"{PartOf(pass)}(default, {arguments});"));

    /// <summary>Writes the method that is a thread's part of a pass.</summary>
    public static void Part(CodeWriter code, string pass, string count, Action body)
    {
        code.Line();
        code.Line($"/// <summary>A thread's part of <see cref=\"{pass}\"/>.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Block(
            $"private void {PartOf(pass)}({KernelEmitter.ShareType} {Kernel.Share}, int {count}, float* x, float* state, float* y, float* memory, float* scratch, float* whole)",
            body);
    }

    /// <summary>Writes calls of kernels in turn: threads share those that they can, the first makes the others, and each begins when all have done what was before.</summary>
    public static void Calls(CodeWriter code, IReadOnlyList<KernelCall> calls)
    {
        for (int first = 0; first < calls.Count;)
        {
            KernelCall[] group = calls[first].Plan.IsShared ? [calls[first]] : [.. calls.Skip(first).TakeWhile(call => !call.Plan.IsShared)];
            first += group.Length;
            if (group[0].Plan.IsShared)
            {
                group[0].Write();
            }
            else
            {
                code.Block($"if ({Kernel.Share}.IsFirst)", () => Array.ForEach(group, call => call.Write()));
                code.Line();
            }

            if (!(group[0].Plan.IsShared && group[0].Plan.HasMeetings))
            {
                code.Line($"{Kernel.Share}.Meet();");
            }
        }
    }

    /// <summary>The passes through all layers that threads share.</summary>
    private static string[] Shared(NetworkPlan network) => ForwardEmitter.HasMany(network) ? ["RunPass", "ManyPass"] : ["RunPass"];

    private static string PartOf(string pass) => pass + "Part";

    private static string FieldOf(string pass) => "_" + char.ToLowerInvariant(pass[0]) + PartOf(pass).Substring(1);
}
