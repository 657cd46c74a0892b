using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Tests.Graph;

/// <summary>Writes the equations of a cell, value after value.</summary>
internal sealed class EquationsBuilder
{
    private readonly List<CellState> _states = [];
    private readonly List<CellVariable> _parameters = [];
    private readonly List<CellSetting> _settings = [];
    private readonly List<CellTensor> _tensors = [];
    private readonly List<Op> _ops = [];
    private readonly List<string> _names = [];
    private readonly List<GraphOutput> _outputs = [];

    public int Input() => Value(OpKind.Input, -1, name: "x");

    public int State(string name, int rank = 1, params string[] dimensions)
    {
        _states.Add(new CellState(name, rank, new(dimensions)));
        return Value(OpKind.State, _states.Count - 1, name: name);
    }

    public int LearnedState(string name, int rank = 1, params string[] dimensions)
    {
        int initial = Declare(name + "0", rank, dimensions);
        _states.Add(new CellState(name, rank, new(dimensions), initial));
        return Value(OpKind.State, _states.Count - 1, name: name);
    }

    public int Vector(string name, params string[] dimensions) => Value(OpKind.Parameter, Declare(name, 1, dimensions), name: name);

    public int Matrix(string name, params string[] dimensions) => Value(OpKind.Parameter, Declare(name, 2, dimensions), name: name);

    public int Number(string name) => Value(OpKind.Parameter, Declare(name, 0, []), name: name);

    public int Setting(string name, SettingKind kind, double? value = null)
    {
        _settings.Add(new CellSetting(name, kind, value, kind == SettingKind.Choice ? "Activation" : ""));
        return Value(OpKind.Setting, _settings.Count - 1, name: name);
    }

    public int Constant(double value)
    {
        _ops.Add(Op.Number(value));
        _names.Add("");
        return _ops.Count - 1;
    }

    public int Value(OpKind kind, int a, int b = -1, string name = "")
    {
        _ops.Add(new Op(kind, a, b, Shape.Scalar));
        _names.Add(name);
        return _ops.Count - 1;
    }

    public int Choose(int condition, int yes, int no) => Value(OpKind.Otherwise, Value(OpKind.When, condition, yes), no);

    public void Stack(string name, params string[] parts)
    {
        int[] numbers = [.. parts.Select(part => _parameters.FindIndex(parameter => parameter.Name == part))];
        _tensors.RemoveAll(tensor => numbers.Contains(tensor.Parts[0]));
        _tensors.Add(new CellTensor(name, new(numbers)));
    }

    /// <summary>The cell, whose output and next states are these values.</summary>
    public CellEquations Build(int output, params int[] next)
    {
        _outputs.Add(new GraphOutput(OutputKind.Output, 0, output));
        _outputs.AddRange(next.Select((value, i) => new GraphOutput(OutputKind.NextState, i, value)));
        return new CellEquations(
            "Built",
            "x",
            _states.ToEquatableArray(),
            _parameters.ToEquatableArray(),
            _settings.ToEquatableArray(),
            _tensors.ToEquatableArray(),
            new OpGraph(_ops.ToEquatableArray(), _names.ToEquatableArray(), _outputs.ToEquatableArray()));
    }

    private int Declare(string name, int rank, string[] dimensions)
    {
        _parameters.Add(new CellVariable(name, rank, new(dimensions), CellStart.Usual));
        _tensors.Add(new CellTensor(name, new([_parameters.Count - 1])));
        return _parameters.Count - 1;
    }
}
