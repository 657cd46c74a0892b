using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Transform;

/// <summary>
/// What can be computed once, when the weights are loaded: the values that read parameters and numbers alone. A graph is split into the <em>load
/// graph</em>, which computes them, and the graph of a time step, which reads them as <em>derived parameters</em>, numbered behind the cell's own.
/// </summary>
public static class LoadTime
{
    /// <summary>
    /// For each value, whether it reads parameters and numbers alone, and at least one parameter. A parameter itself does; a number does not.
    /// </summary>
    public static bool[] IsParameterOnly(OpGraph graph)
    {
        bool[] result = new bool[graph.Ops.Count];
        bool[] isNumber = new bool[graph.Ops.Count];
        for (int i = 0; i < result.Length; i++)
        {
            Op op = graph.Ops[i];
            isNumber[i] = op.Kind == OpKind.Constant || (!op.IsLeaf && op.Operands.All(operand => isNumber[operand]));
            result[i] = op.Kind == OpKind.Parameter
                || (!op.IsLeaf && !isNumber[i] && op.Operands.All(operand => isNumber[operand] || result[operand]));
        }

        return result;
    }

    /// <summary>
    /// Splits a graph. Derived is every value of parameters alone that the time step reads or gives, but for parameters themselves, and for what
    /// <see cref="OpKind.Spread"/>, <see cref="OpKind.SpreadRows"/> and <see cref="OpKind.SpreadColumns"/> make of a smaller one, which then is derived.
    /// </summary>
    /// <param name="graph">The graph of a time step, simplified and with its sums in order, so that terms known at load stand together.</param>
    /// <param name="parameterCount">How many parameters the cell has.</param>
    /// <returns>
    /// The load graph, which reads <see cref="OpKind.Parameter"/> below <paramref name="parameterCount"/> and gives an <see cref="OutputKind.Derived"/>
    /// for each i from 0 on, and nothing else; and the graph of the step, with the same outputs as before, in which derived value i is
    /// <see cref="OpKind.Parameter"/> number <paramref name="parameterCount"/> + i, of the same shape and name.
    /// </returns>
    public static (OpGraph Load, OpGraph Step) Split(OpGraph graph, int parameterCount)
    {
        bool[] isParameterOnly = IsParameterOnly(graph);
        bool[] isDerived = Derived(graph, isParameterOnly);
        GraphBuilder load = new();
        GraphBuilder step = new();
        int[] loadPositions = new int[isDerived.Length];
        int[] stepPositions = new int[isDerived.Length];
        int count = 0;
        for (int i = 0; i < isDerived.Length; i++)
        {
            // The builders drop what their graphs turn out not to need.
            Op op = graph.Ops[i];
            if (isParameterOnly[i] || (op.Kind is OpKind.Constant || (!op.IsLeaf && op.Operands.All(operand => loadPositions[operand] >= 0))))
            {
                loadPositions[i] = load.Append(op, loadPositions);
                load.Name(loadPositions[i], graph.Names[i]);
            }
            else
            {
                loadPositions[i] = -1;
            }

            if (isDerived[i])
            {
                load.Output(OutputKind.Derived, count, loadPositions[i]);
                stepPositions[i] = step.Parameter(parameterCount + count, op.Shape);
                count++;
            }
            else
            {
                stepPositions[i] = step.Append(op, stepPositions);
            }

            step.Name(stepPositions[i], graph.Names[i]);
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            step.Output(output.Kind, output.Index, stepPositions[output.Value]);
        }

        return (load.Build(), step.Build());
    }

    /// <summary>
    /// The derivative of a load graph. It reads <see cref="OpKind.Cotangent"/> i, the gradient by derived value i, and <see cref="OpKind.Parameter"/>,
    /// the cell's own and derived value i as number <paramref name="parameterCount"/> + i; what else it needs it computes again. It gives an
    /// <see cref="OutputKind.ParameterGradient"/> for each parameter of the cell on which a derived value depends differentiably.
    /// </summary>
    /// <param name="load">What <see cref="Split"/> gives.</param>
    /// <param name="parameterCount">How many parameters the cell has.</param>
    /// <param name="reached">Of the derived values, those that have a gradient; null for all.</param>
    /// <param name="frozen">The parameters that have no gradient; null for none.</param>
    public static OpGraph Derivative(OpGraph load, int parameterCount, ICollection<int>? reached = null, ICollection<int>? frozen = null)
    {
        Dictionary<int, int> derived = [];
        foreach (GraphOutput output in load.Outputs)
        {
            derived[output.Value] = output.Index;
        }

        OpGraph differentiated = reached is null ? load
            : load with { Outputs = load.Outputs.Where(output => reached.Contains(output.Index)).ToEquatableArray() };
        return Recompute.Apply(load, Differentiate.Apply(differentiated, parameterCount, frozen), (builder, value) =>
            derived.TryGetValue(value, out int index) ? builder.Parameter(parameterCount + index, load.Ops[value].Shape) : null);
    }

    /// <summary>A graph of gradients without those by derived parameters that are constants to derivatives, such as what <see cref="OpKind.Detach"/> gives.</summary>
    /// <param name="gradients">The derivative of a step graph.</param>
    /// <param name="load">What computes the derived parameters.</param>
    /// <param name="parameterCount">How many parameters the cell has.</param>
    public static OpGraph WithoutConstants(OpGraph gradients, OpGraph load, int parameterCount)
    {
        bool[] varies = new bool[load.Ops.Count];
        for (int i = 0; i < varies.Length; i++)
        {
            Op op = load.Ops[i];
            varies[i] = op.Kind == OpKind.Parameter || (!op.IsLeaf && !Differentiate.IsFlat(op.Kind) && op.Operands.Any(operand => varies[operand]));
        }

        HashSet<int> constants = [.. load.Outputs.Where(output => !varies[output.Value]).Select(output => parameterCount + output.Index)];
        return gradients with
        {
            Outputs = gradients.Outputs.Where(output => output.Kind != OutputKind.ParameterGradient || !constants.Contains(output.Index)).ToEquatableArray(),
        };
    }

    private static bool[] Derived(OpGraph graph, bool[] isParameterOnly)
    {
        bool[] isDerived = new bool[graph.Ops.Count];
        bool[] isRead = new bool[graph.Ops.Count];
        foreach (GraphOutput output in graph.Outputs)
        {
            isRead[output.Value] = true;
        }

        for (int i = isDerived.Length - 1; i >= 0; i--)
        {
            Op op = graph.Ops[i];
            bool spreads = op.Kind is OpKind.Spread or OpKind.SpreadRows or OpKind.SpreadColumns;
            isDerived[i] = isRead[i] && isParameterOnly[i] && !op.IsLeaf && !spreads;
            foreach (int operand in op.Operands)
            {
                isRead[operand] |= isRead[i] && !isDerived[i];
            }
        }

        return isDerived;
    }
}
