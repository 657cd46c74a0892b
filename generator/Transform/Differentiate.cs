using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Transform;

/// <summary>
/// Reverse mode over one time step: Griewank and Walther, Evaluating Derivatives, second edition, 2008, chapter 3. The loop over time is not here: it
/// hands the state gradients of a step, as cotangents, to the step before.
/// <para>The backward graph reads</para>
/// <list type="bullet">
/// <item><see cref="OpKind.Cotangent"/> A: the gradient by the output (A = 0) or by next state A - 1. Where one value is given as both, the two are added.
/// In the derivative of a load graph, which gives neither: the gradient by derived parameter A.</item>
/// <item><see cref="OpKind.Forward"/> A: the value at position A of the forward graph, inputs and states among them, under its name.</item>
/// <item><see cref="OpKind.Parameter"/> and <see cref="OpKind.Constant"/>, as the forward graph does.</item>
/// </list>
/// <para>and gives, in this order, and only where the outputs depend differentiably on what they are the gradient by,</para>
/// <list type="bullet">
/// <item><see cref="OutputKind.InputGradient"/>: an index into a table has none;</item>
/// <item><see cref="OutputKind.StateGradient"/> k: where it is missing, the gradient is 0, and must be set to 0;</item>
/// <item><see cref="OutputKind.ParameterGradient"/> p: where it is missing, the time step adds nothing.</item>
/// </list>
/// <para>
/// The gradient by a value <c>i</c> is named <c>di</c> where no value of the forward graph has that name; where one value is the gradient by several,
/// a value computed by the equations names it before the input or a state, and those before a parameter. The result is simplified.
/// </para>
/// </summary>
public static partial class Differentiate
{
    /// <summary>The backward graph of a forward graph.</summary>
    /// <param name="forward">A forward graph whose settings are bound.</param>
    /// <param name="parameterCount">How many parameters the cell has.</param>
    /// <param name="frozen">The parameters that have no gradient; null for none.</param>
    /// <exception cref="ArgumentException">The graph reads a parameter that the cell does not have.</exception>
    /// <exception cref="InvalidOperationException">A value that the outputs depend on has no derivative.</exception>
    public static OpGraph Apply(OpGraph forward, int parameterCount, ICollection<int>? frozen = null)
    {
        foreach (Op op in forward.Ops)
        {
            if (op.Kind == OpKind.Parameter && (op.A < 0 || op.A >= parameterCount))
            {
                throw new ArgumentException($"The graph reads parameter {op.A}; the cell has {parameterCount}.", nameof(forward));
            }
        }

        ReverseSweep sweep = new(forward, frozen ?? []);
        sweep.Run();
        return Simplify.Apply(sweep.Result());
    }

    private sealed partial class ReverseSweep
    {
        private readonly OpGraph _forward;
        private readonly GraphBuilder _backward = new();
        private readonly HashSet<string> _takenNames;

        // The first leaf that is the same: gradients by a parameter that stands in the graph twice belong together.
        private readonly int[] _first;

        // Whether a value depends differentiably on anything.
        private readonly bool[] _varies;

        // The gradient by each value of the forward graph, as a position of the backward graph; -1 is 0.
        private readonly int[] _gradients;

        public ReverseSweep(OpGraph forward, ICollection<int> frozen)
        {
            _forward = forward;
            _takenNames = [.. forward.Names];
            _first = new int[forward.Ops.Count];
            _varies = new bool[forward.Ops.Count];
            _gradients = new int[forward.Ops.Count];
            Dictionary<(OpKind, int), int> leaves = [];
            for (int i = 0; i < _first.Length; i++)
            {
                Op op = forward.Ops[i];
                _first[i] = i;
                _gradients[i] = -1;
                bool isFixed = op.Kind is OpKind.Constant or OpKind.Mask || (op.Kind == OpKind.Parameter && frozen.Contains(op.A));
                _varies[i] = op.IsLeaf ? !isFixed : !IsFlat(op.Kind) && op.Operands.Any(operand => _varies[operand]);
                if (op.Kind is OpKind.Input or OpKind.State or OpKind.Parameter)
                {
                    _first[i] = leaves.TryGetValue((op.Kind, op.A), out int first) ? first : i;
                    leaves[(op.Kind, op.A)] = _first[i];
                }
            }
        }

        public void Run()
        {
            foreach (GraphOutput output in _forward.Outputs)
            {
                int? number = output.Kind switch
                {
                    OutputKind.Output => 0,
                    OutputKind.NextState => 1 + output.Index,
                    OutputKind.Derived => output.Index,
                    _ => null,
                };
                if (number is { } cotangent)
                {
                    Flow(output.Value, _backward.Cotangent(cotangent, _forward.Ops[output.Value].Shape));
                }
            }

            for (int i = _gradients.Length - 1; i >= 0; i--)
            {
                if (_gradients[i] >= 0 && !_forward.Ops[i].IsLeaf)
                {
                    NameGradient(i);
                    Derive(_forward.Ops[i], i, _gradients[i]);
                }
            }
        }

        public OpGraph Result()
        {
            Give(OutputKind.InputGradient, OpKind.Input);
            Give(OutputKind.StateGradient, OpKind.State);
            Give(OutputKind.ParameterGradient, OpKind.Parameter);
            return _backward.Build();
        }

        /// <summary>A value of the forward graph, as the backward graph reads it.</summary>
        private int Read(int value)
        {
            value = _first[value];
            Op op = _forward.Ops[value];
            int position = op.Kind is OpKind.Parameter or OpKind.Constant ? _backward.Append(op) : _backward.Forward(value, op.Shape);
            _backward.Name(position, _forward.Names[value]);
            return position;
        }

        private void Flow(int target, int contribution)
        {
            target = _first[target];
            if (!_varies[target])
            {
                return;
            }

            if (ShapeOf(target).Rank == 0)
            {
                contribution = Total(contribution);
            }

            _gradients[target] = _gradients[target] < 0 ? contribution : Sum(_gradients[target], contribution);
        }

        /// <summary>The sum over all elements of the value that a scalar was spread to.</summary>
        private int Total(int value) => _backward[value].Kind == OpKind.Spread
            ? _backward.Multiply(_backward[value].A, _backward.Number(_backward.ShapeOf(value).Length))
            : _backward.Sum(value);

        /// <summary>a + b, written as a difference where one of them is -c: the same number, and one operation less.</summary>
        private int Sum(int a, int b) => (_backward[a].Kind, _backward[b].Kind) switch
        {
            (_, OpKind.Negate) => _backward.Subtract(a, _backward[b].A),
            (OpKind.Negate, _) => _backward.Subtract(b, _backward[a].A),
            _ => _backward.Add(a, b),
        };

        private void NameGradient(int value)
        {
            string name = "d" + _forward.Names[value];
            if (_forward.Names[value].Length > 0 && _backward.NameOf(_gradients[value]).Length == 0 && _takenNames.Add(name))
            {
                _backward.Name(_gradients[value], name);
            }
        }

        private void Give(OutputKind gradient, OpKind leaf)
        {
            foreach (int value in Enumerable.Range(0, _gradients.Length)
                .Where(i => _forward.Ops[i].Kind == leaf && _gradients[i] >= 0)
                .OrderBy(i => _forward.Ops[i].A))
            {
                NameGradient(value);
                _backward.Output(gradient, Math.Max(_forward.Ops[value].A, 0), _gradients[value]);
            }
        }
    }
}
