using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Graph;

/// <summary>Reads the text of a cell's graph, and checks that every number in it refers to something.</summary>
internal sealed class GraphTextReader
{
    private static readonly Dictionary<string, OpKind> OpKinds = Names<OpKind>();
    private static readonly Dictionary<string, OutputKind> OutputKinds = Names<OutputKind>();
    private static readonly Dictionary<string, SettingKind> SettingKinds = Names<SettingKind>();

    private readonly string[] _lines;
    private readonly List<CellState> _states = [];
    private readonly List<CellVariable> _parameters = [];
    private readonly List<CellSetting> _settings = [];
    private readonly List<CellTensor> _tensors = [];
    private readonly List<Op> _ops = [];
    private readonly List<string> _names = [];
    private readonly List<GraphOutput> _outputs = [];
    private string? _cell;
    private string? _input;
    private GraphTextLine _line = null!;

    public GraphTextReader(string text) => _lines = text.Split('\n');

    public CellEquations Read()
    {
        if (_lines[0].TrimEnd('\r') != GraphText.Header)
        {
            throw new FormatException($"A cell's graph begins with '{GraphText.Header}'; this text begins with '{Excerpt(_lines[0])}'. Build the assembly that carries it again, with this version of Recurrent.Gen.");
        }

        for (int i = 1; i < _lines.Length; i++)
        {
            string line = _lines[i].TrimEnd('\r');
            if (line.Length > 0)
            {
                _line = new GraphTextLine(line, i + 1);
                ReadLine();
                _line.End();
            }
        }

        if (_cell is null || _input is null)
        {
            throw new FormatException($"A cell's graph names its {(_cell is null ? "cell" : "input")}; this text does not.");
        }

        CheckOutputs();
        return new CellEquations(
            _cell,
            _input,
            _states.ToEquatableArray(),
            _parameters.ToEquatableArray(),
            _settings.ToEquatableArray(),
            _tensors.ToEquatableArray(),
            new OpGraph(_ops.ToEquatableArray(), _names.ToEquatableArray(), _outputs.ToEquatableArray()));
    }

    private static Dictionary<string, T> Names<T>()
        where T : struct, Enum => Enum.GetValues(typeof(T)).Cast<T>().ToDictionary(kind => kind.ToString(), StringComparer.Ordinal);

    private static string Excerpt(string line) => line.Length <= 40 ? line : line.Substring(0, 40) + "...";

    private void ReadLine()
    {
        if (_line.TryTake("%"))
        {
            ReadOp();
            return;
        }

        string word = _line.Word("a line's first word");
        switch (word)
        {
            case "cell":
                _cell = _line.Word("the cell's name");
                break;
            case "input":
                _input = _line.Word("the input's name");
                break;
            case "parameter":
                ReadParameter();
                break;
            case "state":
                ReadState();
                break;
            case "setting":
                ReadSetting();
                break;
            case "tensor":
                ReadTensor();
                break;
            default:
                OutputKind kind = OutputKinds.TryGetValue(word, out OutputKind found) ? found : throw _line.Error($"'{word}' begins no line");
                int index = _line.Number("the output's number", int.MaxValue);
                _line.Take("=");
                _line.Take("%");
                _outputs.Add(new GraphOutput(kind, index, _line.Number("the output's value", _ops.Count)));
                break;
        }
    }

    private void ReadParameter()
    {
        string name = _line.Word("the parameter's name");
        if (_parameters.Any(parameter => parameter.Name == name))
        {
            throw _line.Error($"'{name}' is a parameter of an earlier line");
        }

        (int rank, EquatableArray<string> dimensions) = ReadDeclared();
        _line.Take("from");
        CellStart start = new(_line.Word("the initializer"), ReadDimension());
        bool hasLow = _line.TryTake("above");
        if (!hasLow && !_line.IsAtEnd && !_line.NextIs("frozen"))
        {
            start = start with { Value = _line.Real("the initializer's number") };
            hasLow = _line.TryTake("above");
        }

        start = hasLow ? start with { Low = _line.Real("the initializer's lower bound") } : start;
        _parameters.Add(new CellVariable(name, rank, dimensions, start with { IsFrozen = _line.TryTake("frozen") }));
    }

    private void ReadState()
    {
        string name = _line.Word("the state's name");
        (int rank, EquatableArray<string> dimensions) = ReadDeclared();
        _states.Add(new CellState(name, rank, dimensions, _line.TryTake("from") ? ReadParameterName() : -1));
    }

    private void ReadSetting()
    {
        string name = _line.Word("the setting's name");
        string word = _line.Word("the setting's kind");
        SettingKind kind = SettingKinds.TryGetValue(word, out SettingKind found) ? found : throw _line.Error($"'{word}' is no kind of setting");
        string enumeration = _line.TryTake("of") ? _line.Word("the enumeration") : "";
        _settings.Add(new CellSetting(name, kind, _line.TryTake("=") ? _line.Real("the setting's default") : null, enumeration));
    }

    private void ReadTensor()
    {
        string name = _line.Word("the tensor's name");
        string depth = "";
        if (_line.TryTake("["))
        {
            depth = ReadDimension();
            _line.Take("]");
        }

        _line.Take("of");
        List<int> parts = [];
        while (!_line.IsAtEnd)
        {
            parts.Add(ReadParameterName());
        }

        _tensors.Add(parts.Count > 0 ? new CellTensor(name, parts.ToEquatableArray(), depth) : throw _line.Error("a tensor has at least one parameter"));
    }

    private int ReadParameterName()
    {
        string name = _line.Word("a parameter's name");
        int number = _parameters.FindIndex(parameter => parameter.Name == name);
        return number >= 0 ? number : throw _line.Error($"'{name}' is no parameter of an earlier line");
    }

    private (int Rank, EquatableArray<string> Dimensions) ReadDeclared()
    {
        string word = _line.Word("a rank");
        int rank = Array.IndexOf(GraphText.Ranks, word);
        if (rank < 0)
        {
            throw _line.Error($"'{word}' is no rank; {string.Join(", ", GraphText.Ranks)} are");
        }

        List<string> dimensions = [];
        if (_line.TryTake("["))
        {
            do
            {
                dimensions.Add(ReadDimension());
            }
            while (_line.TryTake(","));
            _line.Take("]");
        }

        return (rank, dimensions.ToEquatableArray());
    }

    private string ReadDimension() => _line.NextIsNumber ? _line.Digits("a dimension") : _line.Word("a dimension");

    private void ReadOp()
    {
        int number = _line.Number("the value's number", int.MaxValue);
        if (number != _ops.Count)
        {
            throw _line.Error($"value %{_ops.Count.ToString(CultureInfo.InvariantCulture)} was expected");
        }

        Shape shape = Shape.Scalar;
        if (!_line.TryTake("="))
        {
            shape = ReadShape();
            _line.Take("=");
        }

        string word = _line.Word("an operation");
        OpKind kind = OpKinds.TryGetValue(word, out OpKind found) ? found : throw _line.Error($"'{word}' is no operation");

        Op op = new(kind, -1, -1, shape);
        if (kind == OpKind.Constant)
        {
            op = op with { Constant = _line.Real("a number") };
        }
        else if (op.HasA)
        {
            _line.Take("%");
            op = op with { A = _line.Number("the first operand", _ops.Count) };
            if (op.HasB)
            {
                _line.Take("%");
                op = op with { B = _line.Number("the second operand", _ops.Count) };
            }
        }
        else if (kind != OpKind.Input)
        {
            int count = kind switch
            {
                OpKind.State => _states.Count,
                OpKind.Parameter => _parameters.Count,
                OpKind.Setting => _settings.Count,
                _ => int.MaxValue,
            };
            op = op with { A = _line.Number($"the number of a {word}", count) };
        }

        _ops.Add(kind != OpKind.Constant && _line.TryTake("at") ? op with { Constant = _line.Real("a position") } : op);
        _names.Add(_line.TryTake("as") ? _line.Word("the value's name") : "");
    }

    private Shape ReadShape()
    {
        _line.Take("[");
        if (_line.TryTake("]"))
        {
            return Shape.Scalar;
        }

        Dim rows = ReadDim();
        if (_line.TryTake("]"))
        {
            return Shape.Vector(rows);
        }

        _line.Take(",");
        Dim columns = ReadDim();
        _line.Take("]");
        return Shape.Matrix(rows, columns);
    }

    private Dim ReadDim() => _line.NextIsNumber
        ? new Dim(_line.Number("a dimension", int.MaxValue))
        : new Dim(_line.Word("a dimension"));

    private void CheckOutputs()
    {
        foreach (GraphOutput output in _outputs)
        {
            if (output.Kind == OutputKind.NextState && output.Index >= _states.Count)
            {
                throw new FormatException($"The cell '{_cell}' gives a next state {output.Index.ToString(CultureInfo.InvariantCulture)}, and has {_states.Count.ToString(CultureInfo.InvariantCulture)} states.");
            }
        }
    }
}
