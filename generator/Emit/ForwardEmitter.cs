using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the passes forward in time, chunk after chunk of time steps.</summary>
public sealed class ForwardEmitter(CodeWriter code, NetworkPlan network)
{
    /// <summary>Floats that a chunk of time steps hands from layer to layer at most, so that they stay in the first cache.</summary>
    private const int ChunkFloats = 2048;

    /// <summary>Floats that a pass takes from the stack at most; what needs more comes from the pool.</summary>
    private const int StackFloats = 8192;

    private const int MostChunk = 64;

    private readonly CodeWriter _code = code;
    private readonly NetworkPlan _network = network;
    private readonly IReadOnlyList<(LayerPlan Plan, LayerNames Names)> _layers = network.Layers.Select(layer => (layer, new LayerNames(layer))).ToArray();

    public void Emit()
    {
        Run();
        Record();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Run()
    {
        _code.Line();
        _code.Line("/// <summary>Time steps of one stream, layer after layer.</summary>");
        Forward("internal void RunPass(int steps, float* x, float* state, float* y)", Pass.Forward);
    }

    private void Record()
    {
        _code.Line();
        _code.Line("/// <summary>Time steps of one stream, layer after layer; the tape has a part for each layer.</summary>");
        Forward("internal void RecordPass(int steps, float* x, float* state, float* y, float* tape)", Pass.Record);
    }

    private void Forward(string signature, Pass pass)
    {
        int shared = _layers.Max(l => l.Plan[pass].ScratchSize);
        int chunk = _network.HandedOver == 0 ? 0 : Math.Max(1, Math.Min(MostChunk, (ChunkFloats - shared) / _network.HandedOver));
        int floats = (Math.Max(chunk, 1) * _network.HandedOver) + shared;
        _code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]");
        _code.Block(signature, () =>
        {
            _code.Line("float* memory = _memory.Pointer;");
            WithScratch(floats, () =>
            {
                if (chunk == 0)
                {
                    Calls(pass, "steps", "steps", "0");
                }
                else
                {
                    _code.Block($"for (int done = 0; done < steps; done += {Text(chunk)})", () =>
                    {
                        _code.Line($"int count = Math.Min(steps - done, {Text(chunk)});");
                        Calls(pass, "count", "steps", "done");
                        _code.Line($"x += count * {Text(_network.InputSize)};");
                        _code.Line($"y += count * {Text(_network.OutputSize)};");
                    });
                }
            });
        });
    }

    private void WithScratch(int floats, Action body)
    {
        if (floats == 0)
        {
            body();
        }
        else if (floats <= StackFloats)
        {
            _code.Line($"float* scratch = stackalloc float[{Text(floats)}];");
            body();
        }
        else
        {
            _code.Line($"global::Recurrent.AlignedBuffer buffer = global::Recurrent.AlignedBuffer.Rent({Text(floats)});");
            _code.Block("try", () =>
            {
                _code.Line("float* scratch = buffer.Pointer;");
                body();
            });
            _code.Block("finally", () => _code.Line("buffer.Return();"));
        }
    }

    private void Calls(Pass pass, string count, string steps, string done)
    {
        string HandedOver(int layer) =>
            PassMemory.Sum("scratch", PassMemory.Product(count, _layers.Take(layer).Sum(l => l.Plan.Spec.OutputSize)));
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            (LayerPlan plan, LayerNames names) = _layers[layer];
            IEnumerable<string> arguments = plan[pass].Pointers.Select(pointer => pointer.Role switch
            {
                PointerRole.Input => layer == 0 ? "x" : HandedOver(layer - 1),
                PointerRole.Output => layer == _layers.Count - 1 ? "y" : HandedOver(layer),
                PointerRole.Scratch => PassMemory.Sum("scratch", PassMemory.Product(count, _network.HandedOver)),
                PointerRole.Panels => $"memory + {names.FieldOf("Panels")}",
                _ => _network.PointerOf(plan, pointer, steps, done),
            });
            _code.Line($"{names.FieldOf(pass.ToString())}({string.Join(", ", arguments.Prepend(count))});");
        }
    }
}
