using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Recurrent.Tests.Numerics;

/// <summary>
/// A cell that nobody would write: well-typed equations drawn at random over the whole language, with every name taken from <see cref="Names"/>.
/// </summary>
/// <remarks>
/// The size of every number is estimated, and what could grow from step to step is squashed, so that floats can be compared with doubles. Divisors and
/// operands of logarithms and roots are kept positive.
/// </remarks>
public sealed partial class RandomCell
{
    private const int MostOperations = 30;
    private const double Largest = 6;

    /// <summary>Names that kernels, C# or attributes use, and names that differ in case, in a mark or in an ending alone.</summary>
    private static readonly string[] Names =
    [
        "w", "j", "k", "t", "tape", "work", "scratch", "parameters", "panels", "steps", "y", "x_k0", "h_0", "sum0", "first3", "first8", "mask",
        "input", "output", "state", "inputs", "outputs", "states", "stateGradients", "weights", "gradients", "row", "block", "lane", "lanes",
        "@int", "@float", "@return", "@class", "@fixed", "@static", "@unsafe", "@this", "@params", "@new", "@for", "@sizeof", "@void", "@base",
        "value", "field", "var", "async", "await", "nint", "record", "file", "yield", "when", "partial", "scoped", "managed", "dynamic", "nameof",
        "x", "X", "h", "H", "x2", "x_2", "h2", "hNext", "dh", "dx", "dy", "yNext", "kept1", "v1", "v2", "v12", "sum", "sum1", "hSum", "hPart", "xSum",
        "Math", "Vector256", "Vector512", "Fma", "Avx512F", "System", "MathF", "Unsafe", "Step", "Run", "Backward", "Scalar", "Recurrent",
        "_", "__", "_state", "i", "n", "s", "d", "a", "b", "c", "p", "e", "f", "m", "r", "z", "π", "größe", "last", "count", "chunk", "step", "hidden",
        "zero", "one", "acc", "tail", "offset", "stride", "from", "to", "at", "end", "start", "x0", "x_0", "w0", "W", "U", "dw", "dW", "db",
    ];

    private static readonly int[] OddSizes = [1, 3, 8, 10, 17];

    private readonly Random _random;
    private readonly Queue<string> _names;
    private readonly List<Value> _values = [];
    private readonly List<Declaration> _declarations = [];
    private readonly List<Statement> _statements = [];
    private readonly List<string> _methods = [];
    private readonly int[] _weights;
    private readonly string _inner;
    private readonly string _suffix;
    private readonly List<(string Setting, string Text)> _arguments = [];
    private readonly bool _isStateless;

    private RandomCell(int seed)
    {
        _random = new Random(seed);
        string[] names = [.. Names];
        _random.Shuffle(names);
        _names = new Queue<string>(names);
        _inner = Text(OddSizes[_random.Next(OddSizes.Length)]);
        _suffix = Text(seed);
        Name = "Cell" + _suffix;

        // Each cell has its own taste: many products, long sums, chains of functions.
        _weights = [.. Operations.Select(_ => _random.Next(3) == 0 ? 6 : _random.Next(3))];
        _weights[_random.Next(_weights.Length)]++;

        string input = _names.Dequeue();
        _declarations.Add(new Declaration("Vec " + input, input));
        _values.Add(new Value(input, Kind.Vec, "\"input\"", "", 2));
        bool isNamed = _random.Next(2) == 0;
        Value[] states = [.. Enumerable.Range(0, _random.Next(5)).Select(i => State(i, isNamed))];
        int kept = _declarations.Count;
        _isStateless = states.Length == 0;
        for (int i = _random.Next(states.Length == 0 ? 1 : 0, 5); i > 0; i--)
        {
            Parameter(Kind.Mat, _random.Next(2) == 0 ? "\"hidden\"" : Dimension(), Dimension());
        }

        for (int i = _random.Next(4); i > 0; i--)
        {
            Parameter(_random.Next(4) == 0 ? Kind.Scalar : Kind.Vec, Dimension(), "");
        }

        DrawSettings();
        int wanted = _random.Next(1, MostOperations + 1);
        for (int attempts = 8 * wanted; attempts > 0 && _made < wanted; attempts--)
        {
            Operate();
        }

        // By name, the output is one of the results that are states, or a result of its own.
        List<(string Type, string Name, string Code)> results = [.. states.Select(state => (TypeOf(state), state.Code, Result(state).Code))];
        if (states.Length == 0 || (isNamed && (states[0] is not { Kind: Kind.Vec, Rows: "\"hidden\"" } || _random.Next(2) == 0)))
        {
            results.Insert(0, ("Vec", "y" + _suffix, Result(Output()).Code));
        }

        string returned = results.Count == 1 ? results[0].Code : $"({string.Join(", ", results.Select(result => result.Code))})";
        string type = results.Count == 1 ? "Vec" : $"({string.Join(", ", results.Select(result => isNamed ? $"{result.Type} {result.Name}" : result.Type))})";
        Prune(kept, returned);
        Source = $$"""
            [Recurrent.Cell]
            public readonly struct {{Name}}
            {
                public static {{type}} Step({{string.Join(", ", _declarations.Select(declaration => declaration.Text))}})
                {
                    {{string.Join("\n        ", _statements.Select(statement => statement.Text))}}
                    return {{returned}};
                }{{string.Concat(_methods.Select(method => "\n\n    " + method))}}
            }

            """ + Attribute();
    }

    private enum Kind
    {
        Scalar,
        Vec,
        Mat,
    }

    public string Name { get; }

    /// <summary>The struct, and its attribute where the cell has a setting.</summary>
    public string Source { get; }

    /// <summary>The least number of floats that a layer reads and gives.</summary>
    public int MinimumSize { get; private set; } = 1;

    public static RandomCell Draw(int seed) => new(seed);

    /// <summary>The attribute of a layer that runs the cell.</summary>
    public string Layer(int size, string name) => _arguments.Count == 0
        ? $"Recurrent.Layer<{Name}>({Text(size)}, Name = \"{name}\")"
        : $"{Name}Layer({Text(size)}{string.Concat(_arguments.Select(argument => argument.Text))}, Name = \"{name}\")";

    /// <summary>Removes locals and parameters that no result depends on; the input and the states stay.</summary>
    private void Prune(int kept, string returned)
    {
        HashSet<string> read = [.. WordsOf(returned)];
        for (int i = _statements.Count - 1; i >= 0; i--)
        {
            if (_statements[i].Declared.Any(read.Contains))
            {
                read.UnionWith(WordsOf(_statements[i].Code));
            }
            else
            {
                _statements.RemoveAt(i);
            }
        }

        _declarations.RemoveAll(declaration => _declarations.IndexOf(declaration) >= kept && !read.Contains(declaration.Name));
        _arguments.RemoveAll(argument => !_declarations.Any(declaration => string.Equals(argument.Setting, declaration.Name, StringComparison.OrdinalIgnoreCase)));
        _methods.RemoveAll(method => !read.Contains(Regex.Match(method, @"(\w+)\(").Groups[1].Value));
    }

    /// <summary>Names that stand alone; what stands behind a dot belongs to another.</summary>
    private static string[] WordsOf(string code) => [.. Regex.Matches(code, @"(?<!\.)@?\b\w+").Select(match => match.Value)];

    private Value State(int position, bool isNamed)
    {
        Kind kind = position == 0 && !isNamed ? Kind.Vec : (Kind)_random.Next(3);
        string rows = kind == Kind.Vec && (position == 0 || _random.Next(2) == 0) ? "\"hidden\"" : Dimension();
        Value state = new(_names.Dequeue(), kind, rows, kind == Kind.Mat ? Dimension() : "", 1.5);
        string shape = kind == Kind.Scalar || (kind == Kind.Vec && rows == "\"hidden\"") ? "" : ShapeOf(state);

        // The initial value of a state is a tensor, which no parameter may be named like.
        string start = kind == Kind.Vec && _random.Next(6) == 0 && !Names.Contains(state.Code + "0") ? "[Learned] " : "";
        _declarations.Add(new Declaration(start + shape + TypeOf(state) + " " + state.Code, state.Code));
        _values.Add(state);
        return state;
    }

    private Value Parameter(Kind kind, string rows, string columns)
    {
        Value parameter = new(_names.Dequeue(), kind, rows, columns, kind == Kind.Mat ? 1 : 0.5);

        // A vector behind the input is a state unless it starts from something. What has a default stands last.
        string start = _isStateless && kind == Kind.Vec ? "[Init(Initializer.Uniform)] " : "";
        string shape = kind == Kind.Scalar ? "" : ShapeOf(parameter);
        int place = _declarations.FindIndex(declaration => declaration.Text.Contains(" = ", StringComparison.Ordinal));
        _declarations.Insert(place < 0 ? _declarations.Count : place, new Declaration(start + shape + TypeOf(parameter) + " " + parameter.Code, parameter.Code));
        _values.Add(parameter);
        return parameter;
    }

    /// <summary>A flag, a whole number, another number and a choice, each in some cells.</summary>
    private void DrawSettings()
    {
        // What has no default stands in front of what has one.
        if (_random.Next(4) == 0)
        {
            _declarations.Add(new Declaration("Activation act" + _suffix, "act" + _suffix));
            _arguments.Add(("act" + _suffix, $", act{_suffix}: Activation.{Pick(Enum.GetNames<Activation>())}"));
        }

        if (_random.Next(4) == 0)
        {
            _declarations.Add(new Declaration($"[Setting] double rate{_suffix} = 0.75", "rate" + _suffix));
            _values.Add(new Value("rate" + _suffix, Kind.Scalar, "", "", 1));
            AddArgument("Rate", "0.5");
        }

        if (_random.Next(4) == 0)
        {
            _declarations.Add(new Declaration($"int count{_suffix} = 2", "count" + _suffix));
            AddArgument("Count", Pick(["1", "2", "3"]));
        }

        if (_random.Next(3) == 0)
        {
            _declarations.Add(new Declaration($"bool flag{_suffix} = {Pick(["true", "false"])}", "flag" + _suffix));
            AddArgument("Flag", Pick(["true", "false"]));
        }
    }

    private void AddArgument(string name, string value)
    {
        if (_random.Next(3) > 0)
        {
            _arguments.Add((name + _suffix, $", {name}{_suffix} = {value}"));
        }
    }

    /// <summary>The attribute that gives the settings which are written: some by the constructor, others by properties.</summary>
    private string Attribute()
    {
        if (_arguments.Count == 0)
        {
            return "";
        }

        string first = _arguments.Any(argument => argument.Setting == "act" + _suffix) ? $", Activation act{_suffix}" : "";
        string properties = string.Concat(((string[])["double Rate", "int Count", "bool Flag"])
            .Where(property => _arguments.Any(argument => argument.Setting == property.Split(' ')[1] + _suffix))
            .Select(property => $" public {property}{_suffix} {{ get; set; }}"));
        return $"public sealed class {Name}LayerAttribute(int size{first}) : LayerAttribute<{Name}>(size) {{{properties} }}\n";
    }

    /// <summary>A vector that a layer can give.</summary>
    private Value Output() => _values.LastOrDefault(value => value is { Kind: Kind.Vec, Rows: "\"hidden\"" }) ?? Parameter(Kind.Vec, "\"hidden\"", "");

    /// <summary>A result of a shape: mostly a late value; now and then an early one or a constant as it is.</summary>
    private Value Result(Value like)
    {
        Value[] same = [.. _values.Where(value => value.IsLike(like))];
        Value chosen = _random.Next(16) switch
        {
            0 => like,
            1 => like with { Code = $"(0 * {same[_random.Next(same.Length)].Code})", Bound = 0 },
            2 => same[_random.Next(same.Length)],
            _ => same[^(1 + _random.Next(Math.Min(3, same.Length)))],
        };
        return chosen.Bound <= 1.5 ? chosen : chosen with { Code = $"{Pick(["Tanh", "Sigmoid", "Softsign"])}({chosen.Code})", Bound = 1 };
    }

    private string Dimension() => _random.Next(5) switch
    {
        0 => "\"input\"",
        1 => _inner,
        _ => "\"hidden\"",
    };

    private static string TypeOf(Value value) => value.Kind == Kind.Scalar ? "double" : value.Kind.ToString();

    private static string ShapeOf(Value value) => value.Kind == Kind.Mat ? $"[Shape({value.Rows}, {value.Columns})] " : $"[Shape({value.Rows})] ";

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <param name="Text">How the parameter is written.</param>
    /// <param name="Name">Its name.</param>
    private sealed record Declaration(string Text, string Name);

    /// <param name="Text">How the statement is written.</param>
    /// <param name="Declared">The locals that it declares.</param>
    /// <param name="Code">What it reads.</param>
    private sealed record Statement(string Text, string[] Declared, string Code);

    /// <param name="Code">How it is written where it is used.</param>
    /// <param name="Kind">Its type.</param>
    /// <param name="Rows">Its length, or its rows, as <c>[Shape]</c> takes it.</param>
    /// <param name="Columns">The columns of a matrix.</param>
    /// <param name="Bound">About how large its elements are at most.</param>
    private sealed record Value(string Code, Kind Kind, string Rows, string Columns, double Bound)
    {
        public bool IsLike(Value other) => Kind == other.Kind && (Kind == Kind.Scalar || (Rows == other.Rows && Columns == other.Columns));
    }
}
