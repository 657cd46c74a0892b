using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the members of a network that begin a stream, and that hand gradients on to the values it begins with.</summary>
public static class StartEmitter
{
    private const string RefuseDisposed = "_ = _compiled.Parameters; // throws where the network has been disposed";

    public static void Emit(CodeWriter code, NetworkPlan network)
    {
        Start[] learned = [.. Learned(network)];
        string size = Text(network.StateSize);
        string parameters = Text(network.ParameterCount);

        code.Line();
        code.Line(learned.Length == 0
            ? "/// <summary>Writes the state of a stream that begins: zeros.</summary>"
            : "/// <summary>Writes the state of a stream that begins: the learned initial values, zeros where none are learned. Allocates nothing.</summary>");
        code.Line($"/// <param name=\"state\">Receives {size} floats.</param>");
        code.Line($"/// <exception cref=\"ArgumentException\">The length is not {size}.</exception>");
        code.Block("public void StartState(Span<float> state)", () =>
        {
            code.Line("global::Recurrent.Boundary.Length(state.Length, StateSize, nameof(state));");
            code.Line(learned.Length > 0 ? "ReadOnlySpan<float> parameters = _compiled.Parameters;" : RefuseDisposed);
            if (learned.Length == 0 || learned.Sum(start => start.Length) < network.StateSize)
            {
                code.Line("state.Clear();");
            }

            foreach (Start start in learned)
            {
                code.Line($"parameters.Slice({Text(start.Parameter)}, {Text(start.Length)}).CopyTo(state.Slice({Text(start.State)}, {Text(start.Length)})); // {start.Name}");
            }

            code.Line("global::System.GC.KeepAlive(this);");
        });

        code.Line();
        code.Line(learned.Length == 0
            ? "/// <summary>Adds the gradient by the initial state to the gradients of its learned values, of which this network has none.</summary>"
            : "/// <summary>Adds the gradient by the initial state to the gradients of its learned values. Allocates nothing.</summary>");
        code.Line($"/// <param name=\"stateGradients\">{size} floats: the gradient by the initial state, as <see cref=\"Backward\"/> gave it.</param>");
        code.Line($"/// <param name=\"parameterGradients\">{parameters} floats in the order of <see cref=\"Parameters\"/>, which are added to; must not overlap the others.</param>");
        code.Line("/// <exception cref=\"ArgumentException\">A length does not fit, or memory overlaps; nothing has been written.</exception>");
        code.Block("public void BackwardStart(ReadOnlySpan<float> stateGradients, Span<float> parameterGradients)", () =>
        {
            code.Line("global::Recurrent.Boundary.Length(stateGradients.Length, StateSize, nameof(stateGradients));");
            code.Line("global::Recurrent.Boundary.Length(parameterGradients.Length, ParameterCount, nameof(parameterGradients));");
            code.Line("global::Recurrent.Boundary.NoOverlap(parameterGradients, stateGradients, nameof(parameterGradients), nameof(stateGradients));");
            code.Line(RefuseDisposed);
            foreach (Start start in learned)
            {
                code.Line($"// {start.Name}");
                code.Block($"for (int i = 0; i < {Text(start.Length)}; i++)", () => code.Line(
                    $"parameterGradients[{PassMemory.Sum("i", Text(start.Parameter))}] += stateGradients[{PassMemory.Sum("i", Text(start.State))}];"));
                code.Line();
            }

            code.Line("global::System.GC.KeepAlive(this);");
        });
    }

    private static IEnumerable<Start> Learned(NetworkPlan network) => network.Layers.SelectMany(layer => layer.LearnedStates.Select(learned => new Start(
        $"{layer.Spec.Id}: {layer.Spec.Cell.Parameters[learned.Parameter].Name}",
        network.Before(layer, l => l.StateSize) + learned.State,
        network.ParametersAt(layer) + layer.Layout[learned.Parameter].Offset,
        layer.Layout[learned.Parameter].Length)));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A learned initial value.</summary>
    /// <param name="Name">What it is called.</param>
    /// <param name="State">Floats in front of it in the network's state.</param>
    /// <param name="Parameter">Floats in front of it among the network's parameters.</param>
    /// <param name="Length">Its floats.</param>
    private sealed record Start(string Name, int State, int Parameter, int Length);
}
