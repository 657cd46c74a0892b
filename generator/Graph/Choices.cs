using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Graph;

/// <summary>The equations that the settings of a layer choose: settings are numbers, choices are made, and what no result needs is gone.</summary>
internal sealed class Choices
{
    private readonly CellEquations _cell;
    private readonly IReadOnlyDictionary<string, double> _settings;
    private readonly int[] _positions;

    private Choices(CellEquations cell, IReadOnlyDictionary<string, double> settings)
    {
        _cell = cell;
        _settings = settings;
        _positions = new int[cell.Body.Ops.Count];
    }

    /// <summary>The values, without shapes.</summary>
    public List<Op> Ops { get; private set; } = [];

    public List<string> Names { get; private set; } = [];

    /// <summary>For each value its position in the equations.</summary>
    public List<int> Origins { get; private set; } = [];

    public List<GraphOutput> Outputs { get; } = [];

    public List<BindingFault> Faults { get; } = [];

    /// <summary>Makes the choices.</summary>
    /// <exception cref="ArgumentException">A setting that is not <see cref="SettingKind.Whole"/> has neither value nor default.</exception>
    public static Choices Make(CellEquations cell, IReadOnlyDictionary<string, double> settings)
    {
        Choices choices = new(cell, settings);
        choices.Settle();
        choices.Sweep();
        return choices;
    }

    private void Settle()
    {
        for (int i = 0; i < _positions.Length; i++)
        {
            _positions[i] = Settle(i, _cell.Body.Ops[i]);
            if (_positions[i] >= 0 && Names[_positions[i]].Length == 0)
            {
                Names[_positions[i]] = _cell.Body.Names[i];
            }
        }

        foreach (GraphOutput output in _cell.Body.Outputs)
        {
            int value = _positions[output.Value];
            if (value < 0)
            {
                Faults.Add(new BindingFault(output.Value, null, "no choice gives this result"));
            }
            else
            {
                Outputs.Add(output with { Value = value });
            }
        }
    }

    /// <summary>The position of what a value has become; -1 where its condition does not hold.</summary>
    private int Settle(int origin, Op op)
    {
        switch (op.Kind)
        {
            case OpKind.Setting:
                return Add(CellBinding.Value(_cell, op.A, _settings) is double number ? Op.Number(number) : op, origin);
            case OpKind.When:
                // A condition that is not known, of a cell without a layer, counts as one that holds.
                Op condition = _positions[op.A] >= 0 ? Ops[_positions[op.A]] : default;
                return condition.Kind == OpKind.Constant && condition.Constant == 0 ? -1 : _positions[op.B];
            case OpKind.Otherwise:
                return _positions[op.A] >= 0 ? _positions[op.A] : _positions[op.B];
        }

        if (op.Operands.Any(operand => _positions[operand] < 0))
        {
            return -1;
        }

        Op settled = op with { A = op.HasA ? _positions[op.A] : op.A, B = op.HasB ? _positions[op.B] : op.B };
        return Add(Fold(Ops, settled) is double folded ? Op.Number(folded) : settled, origin);
    }

    /// <summary>What an operation makes of numbers, or null where an operand is none.</summary>
    public static double? Fold(IReadOnlyList<Op> ops, Op op) =>
        op.HasA && op.Operands.All(operand => ops[operand].Kind == OpKind.Constant)
            ? op.Kind switch
            {
                OpKind.Length => 1,
                OpKind.Quotient => Math.Truncate(ops[op.A].Constant / ops[op.B].Constant),
                _ => Numbers.Fold(op.Kind, ops[op.A].Constant, op.HasB ? ops[op.B].Constant : 0),
            }
            : null;

    private int Add(Op op, int origin)
    {
        Ops.Add(op);
        Names.Add("");
        Origins.Add(origin);
        return Ops.Count - 1;
    }

    /// <summary>The values that outputs need, in their order; outputs are moved with them.</summary>
    public static (List<Op> Ops, List<T> Beside) Sweep<T>(IReadOnlyList<Op> ops, IReadOnlyList<T> beside, IList<GraphOutput> outputs)
    {
        bool[] live = new bool[ops.Count];
        foreach (GraphOutput output in outputs)
        {
            live[output.Value] = true;
        }

        for (int i = ops.Count - 1; i >= 0; i--)
        {
            foreach (int operand in live[i] ? ops[i].Operands : [])
            {
                live[operand] = true;
            }
        }

        int[] moved = new int[ops.Count];
        List<Op> left = [];
        List<T> leftBeside = [];
        for (int i = 0; i < live.Length; i++)
        {
            if (live[i])
            {
                Op op = ops[i];
                moved[i] = left.Count;
                left.Add(op with { A = op.HasA ? moved[op.A] : op.A, B = op.HasB ? moved[op.B] : op.B });
                leftBeside.Add(beside[i]);
            }
        }

        for (int i = 0; i < outputs.Count; i++)
        {
            outputs[i] = outputs[i] with { Value = moved[outputs[i].Value] };
        }

        return (left, leftBeside);
    }

    private void Sweep()
    {
        (List<Op> ops, List<(string Name, int Origin)> beside) = Sweep(Ops, [.. Names.Zip(Origins, (name, origin) => (name, origin))], Outputs);
        Ops = ops;
        Names = [.. beside.Select(value => value.Name)];
        Origins = [.. beside.Select(value => value.Origin)];
    }
}
