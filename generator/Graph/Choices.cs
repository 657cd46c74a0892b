using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Graph;

/// <summary>The equations that the settings of a layer choose: settings are numbers, choices are made, and what no result needs is gone.</summary>
internal sealed class Choices
{
    private readonly CellEquations _cell;
    private readonly IReadOnlyDictionary<string, double> _settings;
    private readonly Func<string, long?> _size;
    private readonly bool _unknownHolds;
    private readonly int[] _positions;

    /// <summary>For each value of the equations the number that it is, lengths included, where that is known.</summary>
    private readonly double?[] _known;

    private Choices(CellEquations cell, IReadOnlyDictionary<string, double> settings, Func<string, long?> size, bool unknownHolds)
    {
        _cell = cell;
        _settings = settings;
        _size = size;
        _unknownHolds = unknownHolds;
        _positions = new int[cell.Body.Ops.Count];
        _known = new double?[cell.Body.Ops.Count];
    }

    /// <summary>The values, without shapes.</summary>
    public List<Op> Ops { get; private set; } = [];

    public List<string> Names { get; private set; } = [];

    /// <summary>For each value its position in the equations.</summary>
    public List<int> Origins { get; private set; } = [];

    public List<GraphOutput> Outputs { get; private set; } = [];

    public List<BindingFault> Faults { get; } = [];

    /// <summary>The conditions that depend on sizes that are not known, by their positions in the equations.</summary>
    public List<int> Uncertain { get; } = [];

    /// <summary>Makes the choices.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="settings">The settings' values by name.</param>
    /// <param name="size">The size of a name, where it is known.</param>
    /// <param name="unknownHolds">Whether a condition that is not known, of a cell without a layer, counts as one that holds.</param>
    /// <exception cref="ArgumentException">A setting that is not <see cref="SettingKind.Whole"/> has neither value nor default.</exception>
    public static Choices Make(CellEquations cell, IReadOnlyDictionary<string, double> settings, Func<string, long?> size, bool unknownHolds = true)
    {
        Choices choices = new(cell, settings, size, unknownHolds);
        choices.Settle();
        choices.Sweep();
        return choices;
    }

    private void Settle()
    {
        for (int i = 0; i < _positions.Length; i++)
        {
            _known[i] = Number(_cell.Body.Ops[i]);
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
                if (_known[op.A] is double condition)
                {
                    return condition == 0 ? -1 : _positions[op.B];
                }

                Uncertain.Add(op.A);
                return _unknownHolds ? _positions[op.B] : -1;
            case OpKind.Otherwise:
                return _positions[op.A] >= 0 ? _positions[op.A] : _positions[op.B];
        }

        if (op.Operands.Any(operand => _positions[operand] < 0))
        {
            return -1;
        }

        Op settled = op.Reading(_positions);
        return Add(Fold(Ops, settled) is double folded ? Op.Number(folded) : settled, origin);
    }

    /// <summary>The number that a value is once sizes and settings are known; null where it is none, or they are not.</summary>
    private double? Number(Op op)
    {
        switch (op.Kind)
        {
            case OpKind.Constant:
                return op.Constant;
            case OpKind.Setting:
                return CellBinding.Value(_cell, op.A, _settings);
            case OpKind.Length:
                return LengthOf(_cell.Body.Ops[op.A]);
            case OpKind.When:
                return _known[op.A] is double condition && condition != 0 ? _known[op.B] : null;
            case OpKind.Otherwise:
                return _positions[op.A] >= 0 ? _known[op.A] : _known[op.B];
            default:
                return op.HasA && _known[op.A] is double a && (!op.HasB || _known[op.B] is not null) ? Fold(op, a, op.HasB ? _known[op.B]!.Value : 0) : null;
        }
    }

    /// <summary>The elements of a leaf whose dimensions are declared, where their sizes are known.</summary>
    private double? LengthOf(Op op)
    {
        IReadOnlyList<string>? declared = op.Kind switch
        {
            OpKind.Input => [Dim.Input.Name!],
            OpKind.State when _cell.States[op.A] is { } state => state.Dimensions.Count > 0 ? state.Dimensions : [.. Enumerable.Repeat(Dim.Hidden.Name!, state.Rank)],
            OpKind.Parameter when _cell.Parameters[op.A] is { Dimensions.Count: > 0 } parameter => parameter.Dimensions,
            _ => null,
        };
        double? length = declared is null ? null : 1;
        foreach (string dimension in declared ?? [])
        {
            // What is wrong with a declaration is told where its shape is inferred.
            length *= DimensionExpression.TryParse(dimension, out DimensionExpression? expression, out _) ? Evaluate(expression!) : null;
        }

        return length;
    }

    private double? Evaluate(DimensionExpression dimension)
    {
        try
        {
            return dimension.Evaluate(_size).Whole;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static double? Fold(Op op, double a, double b) => op.Kind switch
    {
        OpKind.Length => 1,
        OpKind.Quotient => Math.Truncate(a / b),
        _ => Numbers.Fold(op.Kind, a, b),
    };

    /// <summary>What an operation makes of numbers, or null where an operand is none.</summary>
    public static double? Fold(IReadOnlyList<Op> ops, Op op) =>
        op.HasA && op.Operands.All(operand => ops[operand].Kind == OpKind.Constant)
            ? Fold(op, ops[op.A].Constant, op.HasB ? ops[op.B].Constant : 0)
            : null;

    private int Add(Op op, int origin)
    {
        Ops.Add(op);
        Names.Add("");
        Origins.Add(origin);
        return Ops.Count - 1;
    }

    private void Sweep()
    {
        (string Name, int Origin)[] beside = [.. Names.Zip(Origins, (name, origin) => (name, origin))];
        (Ops, List<(string Name, int Origin)> left, int[] positions) = Liveness.Sweep(Ops, beside, Outputs.Select(output => output.Value));
        Names = [.. left.Select(value => value.Name)];
        Origins = [.. left.Select(value => value.Origin)];
        Outputs = [.. Outputs.Select(output => output with { Value = positions[output.Value] })];
    }
}
