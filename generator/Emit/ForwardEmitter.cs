using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the passes that give outputs, chunk after chunk of time steps.</summary>
public sealed class ForwardEmitter(CodeWriter code, NetworkPlan network)
{
    /// <summary>Floats that a chunk of time steps hands from layer to layer at most, so that they stay in the first cache.</summary>
    private const int ChunkFloats = 2048;

    /// <summary>Floats that a chunk has where a layer computes what reads the input alone for all its time steps: they stay in the first cache too.</summary>
    private const int HoistedFloats = 6144;

    /// <summary>
    /// The same where the first cache does not hold the weights of the input. Then each chunk reads these from farther away, and drives those of the recurrence out, so
    /// that chunks shall be few; the second cache holds 128 KB beside them.
    /// </summary>
    private const int HoistedFloatsOfFarWeights = 32 * 1024;

    private const int MostChunk = Tiling.MostRows;

    /// <summary>Time steps for which it is worth while to go through the weights of the input once.</summary>
    private const int LeastChunk = 4;

    /// <summary>Streams for which it is: both kernels of a layer then go through their weights once, and not the first alone.</summary>
    private const int LeastStreams = 16;

    /// <summary>Time steps that the network has taken on a thread. It says in which order kernels read their weights, on which no bit depends.</summary>
    public const string TurnField = "t_turn";

    private readonly CodeWriter _code = code;
    private readonly NetworkPlan _network = network;
    private readonly IReadOnlyList<(LayerPlan Plan, LayerNames Names)> _layers = network.Layers.Select(layer => (layer, new LayerNames(layer))).ToArray();

    public void Emit()
    {
        Run();
        Step();
        Many();
        Record();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Run()
    {
        _code.Line();
        _code.Line("/// <summary>Time steps of one stream, layer after layer.</summary>");
        Infer("RunPass", "steps", Pass.Forward);
    }

    /// <summary>Whether a single time step is a pass of its own, as it is where layers compute what reads the input alone for many: it needs memory for one of them, and a layer may have a kernel for it.</summary>
    public static bool HasStep(NetworkPlan network) =>
        !TeamEmitter.IsShared(network) && network.Course.IsStreaming && network.Layers.Any(layer => layer.Find(Pass.Input) is not null);

    private void Step()
    {
        if (HasStep(_network))
        {
            _code.Line();
            _code.Line("/// <summary>One time step of one stream, layer after layer.</summary>");
            Forward("internal void StepPass(float* x, float* state, float* y)", Pass.Step, () =>
            {
                Turn(Pass.Step, "1");
                PassMemory.InTurn(_code, _network.Course.Walks, walk => Calls(walk, Pass.Step, "1", "0"));
            });
        }
    }

    /// <summary>Whether streams are taken together, in a pass of their own.</summary>
    public static bool HasMany(NetworkPlan network) => network.Layers.Any(layer => layer.Find(Pass.Many) is not null);

    private void Many()
    {
        if (HasMany(_network))
        {
            _code.Line();
            _code.Line("/// <summary>One time step of many streams, layer after layer.</summary>");
            Infer("ManyPass", "streams", Pass.Many);
        }
    }

    private void Record()
    {
        _code.Line();
        _code.Line("/// <summary>Time steps of one stream, layer after layer; the tape has a part for each layer.</summary>");
        Forward("internal void RecordPass(int steps, float* x, float* state, float* y, float* tape)", Pass.Record, () => Walks(Pass.Record));
        if (_network.Batch is BatchPlan batch)
        {
            _code.Line();
            _code.Line("/// <summary>Time steps of some sequences of a batch, those that run at a time step together; the tape has a part for each layer.</summary>");
            new BatchForwardEmitter(_code, _network, batch).Emit();
        }
    }

    /// <summary>Writes a pass that several threads can share, if there is a layer large enough: a method that has them share it, and one that is their part of it.</summary>
    private void Infer(string name, string count, Pass pass)
    {
        string signature = $"internal void {name}(int {count}, float* x, float* state, float* y)";
        if (!TeamEmitter.IsShared(_network))
        {
            Forward(signature, pass, () => Walks(pass));
            return;
        }

        string arguments = $"{count}, x, state, y, memory, {(FloatsOf(pass) == 0 ? "null" : "scratch")}, {(_network.Course.WholeSize == 0 ? "null" : "whole")}";
        Forward(signature, pass, () => TeamEmitter.Call(_code, name, arguments));
        TeamEmitter.Part(_code, name, count, () => Walks(pass));
    }

    private void Forward(string signature, Pass pass, Action body)
    {
        // What only calls kernels becomes a part of its callers, which are compiled once and in full: in the smallest steps a call can be measured.
        _code.Line(IsCallAlone(pass) ? "[MethodImpl(MethodImplOptions.AggressiveInlining)]" : "[MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]");
        _code.Block(signature, () =>
        {
            _code.Line("float* memory = _memory.Pointer;");
            PassMemory.WithWhole(_code, _network.Course, () => PassMemory.WithScratch(_code, FloatsOf(pass), body));
        });
    }

    /// <summary>Whether a pass is the call of one layer's kernel, without memory of its own.</summary>
    private bool IsCallAlone(Pass pass) =>
        pass == Pass.Forward && _layers.Count == 1 && FloatsOf(pass) == 0 && ChunkOf(_network.Course.Walks[0], pass) == 0 && !TeamEmitter.IsShared(_network);

    private void Walks(Pass pass)
    {
        Turn(pass, "steps");
        PassMemory.InTurn(_code, _network.Course.Walks, walk => Take(walk, pass));
    }

    /// <summary>Whether kernels are told how many time steps were taken before.</summary>
    public static bool TakesTurn(NetworkPlan network) => network.Layers.Any(layer => layer.Passes.Any(pass => pass.TakesTurn));

    /// <summary>Whether a pass is called for one time step again and again, so that kernels are told how many there were before.</summary>
    private static bool HasTurn(Pass pass) => pass is Pass.Forward or Pass.Step;

    /// <summary>Writes the declaration of what kernels are told of the time steps before.</summary>
    private void Turn(Pass pass, string steps)
    {
        if (HasTurn(pass) && _network.Layers.Any(layer => Called(layer, pass).TakesTurn || layer.Find(pass)?.TakesTurn == true || layer.InputOf(pass)?.TakesTurn == true))
        {
            _code.Line($"int {PassLowering.Turn} = {TurnField};");
            _code.Line($"{TurnField} = {PassLowering.Turn} + {steps};");
        }
    }

    /// <summary>Floats of the memory that layers hand to each other.</summary>
    private int FloatsOf(Pass pass) => _network.Course.Walks.Max(walk => checked((Math.Max(ChunkOf(walk, pass), 1) * KeptIn(walk, pass)) + WorkedIn(walk, pass, kernel => kernel.ScratchFloats)));

    private void Take(Walk walk, Pass pass)
    {
        int chunk = ChunkOf(walk, pass);
        string all = pass == Pass.Many ? "streams" : "steps";
        if (chunk == 0)
        {
            Calls(walk, pass, all, "0");
        }
        else if (walk.IsReverse)
        {
            _code.Block("for (int end = steps; end > 0;)", () =>
            {
                _code.Line($"int count = global::System.Math.Min(end, {Text(chunk)});");
                _code.Line("end -= count;");
                Calls(walk, pass, "count", "end");
            });
        }
        else
        {
            _code.Block($"for (int done = 0; done < {all}; done += {Text(chunk)})", () =>
            {
                _code.Line($"int count = global::System.Math.Min({all} - done, {Text(chunk)});");
                Calls(walk, pass, "count", "done");
                if (MovesEnds)
                {
                    _code.Line($"x += count * {Text(_network.InputSize)};");
                    _code.Line($"y += count * {Text(_network.OutputSize)};");
                }

                if (pass == Pass.Many)
                {
                    _code.Line($"state += count * {Text(_network.StateSize)};");
                }
            });
        }
    }

    /// <summary>Whether the inputs and outputs are read and written once, in order, so that their pointers can move along.</summary>
    private bool MovesEnds => _network.Course.IsStreaming;

    /// <summary>Time steps that a walk takes at once; 0 for all, where it has one layer only.</summary>
    private int ChunkOf(Walk walk, Pass pass)
    {
        if (pass == Pass.Step)
        {
            return 1;
        }

        int handedOver = _network.Course.HandedOverIn(walk);
        int hoisted = HoistedIn(walk, pass);
        int worked = WorkedIn(walk, pass, kernel => kernel.ScratchFloats + kernel.OwnFloats);
        return hoisted > 0 ? Math.Max(pass == Pass.Many ? LeastStreams : LeastChunk, Math.Min(MostChunk, (HoistedFloatsOf(walk, pass) - worked) / (handedOver + hoisted)))
            : walk.Layers.Count == 1 && worked == 0 ? 0
            : handedOver == 0 ? MostChunk
            : Math.Max(1, Math.Min(MostChunk, (ChunkFloats - worked) / handedOver));
    }

    /// <summary>Floats that a time step takes of the memory of a chunk: what is handed from layer to layer, and what one layer after another hoists.</summary>
    private int KeptIn(Walk walk, Pass pass) => _network.Course.HandedOverIn(walk) + HoistedIn(walk, pass);

    /// <summary>Floats of what layers hoist that a chunk may have.</summary>
    private int HoistedFloatsOf(Walk walk, Pass pass) =>
        walk.Layers.Any(layer => _layers[layer].Plan.InputOf(pass) is PassPlan input && Tiling.IsFar(input.Nests.Sum(input.WeightsOf))) ? HoistedFloatsOfFarWeights : HoistedFloats;

    private int HoistedIn(Walk walk, Pass pass) => walk.Layers.Max(layer => _layers[layer].Plan.InputOf(pass)?.RecordSize ?? 0);

    /// <summary>Floats that one kernel after another works with.</summary>
    private int WorkedIn(Walk walk, Pass pass, Func<PassPlan, int> floats) => walk.Layers.Select(layer => _layers[layer].Plan)
        .Max(plan => Math.Max(floats(Called(plan, pass)), plan.InputOf(pass) is PassPlan input ? floats(input) : 0));

    private void Calls(Walk walk, Pass pass, string count, string done)
    {
        Course course = _network.Course;
        string End(string pointer, int size) => PassMemory.Sum(pointer, MovesEnds ? "0" : PassMemory.Product($"(nint){done}", size));
        string HandedOver(int level)
        {
            HandedOver sequence = course.HandedOver[level];
            return sequence.Walk is null
                ? PassMemory.InWhole(sequence, done)
                : PassMemory.Sum("scratch", PassMemory.Product(count, sequence.Offset));
        }

        List<KernelCall> calls = [];
        foreach (int layer in walk.Layers)
        {
            (LayerPlan plan, LayerNames names) = _layers[layer];
            int level = course.LevelOf(layer);
            string Argument(Pass kernelPass, PointerPlan pointer) => pointer.Role switch
            {
                PointerRole.Input => level == 0 ? End("x", _network.InputSize) : HandedOver(level - 1),
                PointerRole.Output => PassMemory.Sum(
                    level == course.HandedOver.Count ? End("y", _network.OutputSize) : HandedOver(level), Text(plan.Spec.OutputOffset)),
                PointerRole.Hoisted => PassMemory.Sum("scratch", PassMemory.Product(count, course.HandedOverIn(walk))),
                PointerRole.Scratch => PassMemory.Sum("scratch", PassMemory.Product(count, KeptIn(walk, pass))),
                _ => _network.PointerOf(plan, kernelPass, pointer, "steps", done),
            };
            KernelCall Call(PassPlan called)
            {
                string kernel = names.FieldOf(called.Pass.ToString());
                string Arguments(string steps, Func<PointerPlan, string> argument) =>
                    string.Join(", ", called.Pointers.Select(argument)
                        .Prepend(!called.IsShared ? "" : pass == Pass.Record ? "default" : Kernel.Share)
                        .Prepend(!called.TakesTurn ? "" : HasTurn(pass) ? PassLowering.Turn : "0")
                        .Prepend(steps)
                        .Where(text => text.Length > 0));
                if (pass == Pass.Many && called.Pass == Pass.Forward && called.Find(PointerRole.State) is not null)
                {
                    return new KernelCall(called, () => _code.Block($"for (int i = 0; i < {count}; i++)", () =>
                        _code.Line($"{kernel}({Arguments("1", p => PassMemory.Sum(Argument(called.Pass, p), OfStream(p)))});")));
                }

                return new KernelCall(called, () => _code.Line($"{kernel}({Arguments(count, p => Argument(called.Pass, p))});"));
            }

            calls.AddRange(new[] { plan.InputOf(pass), Called(plan, pass) }.OfType<PassPlan>().Select(Call));
        }

        if (pass != Pass.Record && TeamEmitter.IsShared(_network))
        {
            TeamEmitter.Calls(_code, calls);
        }
        else
        {
            calls.ForEach(call => call.Write());
        }
    }

    /// <summary>The pass that a layer's kernel is called for: one without states has the same for time steps and for streams.</summary>
    private static PassPlan Called(LayerPlan layer, Pass pass) => layer.Find(pass) ?? layer.Forward;

    /// <summary>Floats in front of what belongs to a stream.</summary>
    private string OfStream(PointerPlan pointer) => PassMemory.Product("(nint)i", pointer.Role == PointerRole.State ? _network.StateSize : pointer.Stride);
}
