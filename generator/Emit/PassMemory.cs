using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>Where what the passes hand to kernels lies.</summary>
public static class PassMemory
{
    /// <summary>Floats that a pass takes from the stack at most; what needs more comes from the pool.</summary>
    private const int StackFloats = 8192;

    /// <summary>Floats up to the next cache line.</summary>
    public static int RoundUp(int floats) => checked((floats + StackMemory.LineFloats - 1) / StackMemory.LineFloats * StackMemory.LineFloats);

    /// <summary>Where a layer's parameters lie in the weights' memory: first those of all layers, in their flat order.</summary>
    public static int ParametersAt(this NetworkPlan network, LayerPlan layer) => network.Before(layer, l => l.Layout.Size);

    /// <summary>Where a layer's derived parameters lie in the weights' memory: behind all parameters.</summary>
    public static int DerivedAt(this NetworkPlan network, LayerPlan layer) =>
        RoundUp(network.ParameterCount) + network.Before(layer, l => RoundUp(l.Layout.DerivedSize));

    /// <summary>Where the packed weights begin in the weights' memory: behind all derived parameters.</summary>
    public static int PanelsAt(this NetworkPlan network) =>
        RoundUp(network.ParameterCount) + network.Layers.Sum(l => RoundUp(l.Layout.DerivedSize));

    /// <summary>Pointers that mean the same in every pass.</summary>
    public static string PointerOf(this NetworkPlan network, LayerPlan plan, Pass pass, PointerPlan pointer, string steps, string done) => pointer.Role switch
    {
        PointerRole.State or PointerRole.StateGradient =>
            Sum("state", Text(network.Before(plan, l => l.StateSize) + plan.StateSizes.Take(pointer.Index).Sum())),
        PointerRole.Parameters => Sum("memory", Text(network.ParametersAt(plan))),
        PointerRole.Derived => Sum("memory", Text(network.DerivedAt(plan))),
        PointerRole.Panels => $"memory + {new LayerNames(plan).PanelsAt(plan.PanelsOf(pass))}",
        PointerRole.Tape => Sum(
            Sum("tape", Product($"(nint){steps}", network.Before(plan, l => l.Record.RecordSize))), Product($"(nint){done}", plan.Record.RecordSize)),
        _ => throw new InvalidOperationException($"{pointer.Role} differs from pass to pass."),
    };

    /// <summary>Writes code that has memory for the sequences that lie between walks; nothing is added where there are none.</summary>
    public static void WithWhole(CodeWriter code, Course course, Action body)
    {
        if (course.WholeSize == 0)
        {
            body();
            return;
        }

        code.Line($"global::Recurrent.AlignedBuffer sequences = global::Recurrent.AlignedBuffer.Rent(steps * {Text(course.WholeSize)});");
        code.Block("try", () =>
        {
            code.Line("float* whole = sequences.Pointer;");
            body();
        });
        code.Block("finally", () => code.Line("sequences.Return();"));
    }

    /// <summary>Writes walks with an empty line between them.</summary>
    public static void InTurn(CodeWriter code, IEnumerable<Walk> walks, Action<Walk> write)
    {
        bool isFirst = true;
        foreach (Walk walk in walks)
        {
            if (!isFirst)
            {
                code.Line();
            }

            isFirst = false;
            write(walk);
        }
    }

    /// <summary>A time step of a sequence that lies between walks.</summary>
    public static string InWhole(HandedOver sequence, string done) =>
        Sum(Sum("whole", Product("(nint)steps", sequence.Offset)), Product($"(nint){done}", sequence.Size));

    /// <summary>The text of a sum, without what adds nothing.</summary>
    public static string Sum(string left, string right) => right == "0" ? left : $"{left} + {right}";

    /// <summary>The text of a product, 0 where it is none.</summary>
    public static string Product(string count, int size) => size == 0 || count is "0" or "(nint)0" ? "0" : $"{count} * {Text(size)}";

    /// <summary>Writes a body that may use memory called <c>scratch</c>.</summary>
    public static void WithScratch(CodeWriter code, int floats, Action body)
    {
        if (floats == 0)
        {
            body();
        }
        else if (floats <= StackFloats)
        {
            StackMemory.Declare(code, "scratch", floats);
            body();
        }
        else
        {
            code.Line($"global::Recurrent.AlignedBuffer buffer = global::Recurrent.AlignedBuffer.Rent({Text(floats)});");
            code.Block("try", () =>
            {
                code.Line("float* scratch = buffer.Pointer;");
                body();
            });
            code.Block("finally", () => code.Line("buffer.Return();"));
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
