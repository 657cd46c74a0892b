using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Recurrent.Tests.Numerics;

/// <summary>
/// A cell that nobody would write: well-typed equations drawn at random, with every name taken from <see cref="Names"/>.
/// </summary>
/// <remarks>
/// The size of every number is estimated, and what could grow from step to step is squashed, so that floats can be compared with doubles.
/// </remarks>
public sealed class RandomCell
{
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
    private readonly List<Value> _matrices = [];
    private readonly List<string> _declarations = [];
    private readonly List<string> _locals = [];
    private readonly int[] _weights;
    private readonly string _inner;
    private readonly string? _setting;

    private RandomCell(int seed)
    {
        _random = new Random(seed);
        string[] names = [.. Names];
        _random.Shuffle(names);
        _names = new Queue<string>(names);
        _inner = Text(OddSizes[_random.Next(OddSizes.Length)]);

        // Each cell has its own taste: many products, long sums, chains of functions.
        _weights = [.. Enumerable.Range(0, Operations).Select(_ => _random.Next(3) == 0 ? 6 : _random.Next(3))];
        _weights[_random.Next(Operations)]++;
        Name = "Cell" + Text(seed);
        int states = _random.Next(4);
        int matrices = _random.Next(states == 0 ? 1 : 0, 5);
        int vectors = _random.Next(4);

        string input = _names.Dequeue();
        _declarations.Add("Vec " + input);
        _values.Add(new Value(input, "\"input\"", 2));
        for (int i = 0; i < states; i++)
        {
            Declare("\"hidden\"", 1.5, "");
        }

        for (int i = 0; i < matrices; i++)
        {
            DeclareMatrix(i == 0 ? "\"hidden\"" : Dimension(), Dimension());
        }

        for (int i = 0; i < vectors; i++)
        {
            string dimension = i == 0 ? "\"hidden\"" : Dimension();
            Declare(dimension, 0.5, $"[Shape({dimension})] ");
        }

        if (_random.Next(3) == 0)
        {
            _setting = "act" + Text(seed);
            _declarations.Add("Activation " + _setting);
        }

        int wanted = _random.Next(1, 21);
        for (int i = 0; i < wanted; i++)
        {
            Operate();
        }

        Value[] results = [.. Enumerable.Range(0, Math.Max(1, states)).Select(i => Result(states))];
        string type = results.Length == 1 ? "Vec" : $"({string.Join(", ", results.Select(_ => "Vec"))})";
        string returned = results.Length == 1 ? results[0].Code : $"({string.Join(", ", results.Select(result => result.Code))})";
        Prune(1 + states, returned);
        Source = $$"""
            [Recurrent.Cell]
            public readonly struct {{Name}}
            {
                public static {{type}} Step({{string.Join(", ", _declarations)}})
                {
                    {{string.Join("\n        ", _locals)}}
                    return {{returned}};
                }
            }

            """;
        if (_setting is not null)
        {
            Source += $"public sealed class {Name}LayerAttribute(int size, Activation {_setting}) : LayerAttribute<{Name}>(size);\n";
        }
    }

    private const int Operations = 8;

    public string Name { get; }

    /// <summary>The struct, and its attribute where the cell has a setting.</summary>
    public string Source { get; }

    public static RandomCell Draw(int seed) => new(seed);

    /// <summary>The attribute of a layer that runs the cell.</summary>
    public string Layer(int size, string name) => _setting is null
        ? $"Recurrent.Layer<{Name}>({Text(size)}, Name = \"{name}\")"
        : $"{Name}Layer({Text(size)}, Activation.{Pick(Enum.GetNames<Activation>())}, Name = \"{name}\")";

    /// <summary>Removes locals and parameters that no result depends on; the input and the states stay.</summary>
    private void Prune(int kept, string returned)
    {
        HashSet<string> read = [.. WordsOf(returned)];
        for (int i = _locals.Count - 1; i >= 0; i--)
        {
            string[] words = WordsOf(_locals[i]);
            if (read.Contains(words[1]))
            {
                read.UnionWith(words.Skip(2));
            }
            else
            {
                _locals.RemoveAt(i);
            }
        }

        for (int i = _declarations.Count - 1; i >= kept; i--)
        {
            if (!read.Contains(WordsOf(_declarations[i])[^1]))
            {
                _declarations.RemoveAt(i);
            }
        }
    }

    private static string[] WordsOf(string code) => [.. Regex.Matches(code, @"@?\w+").Select(match => match.Value)];

    /// <summary>One more value, made of earlier ones.</summary>
    private void Operate()
    {
        int drawn = _random.Next(_weights.Sum());
        int operation = 0;
        while ((drawn -= _weights[operation]) >= 0)
        {
            operation++;
        }

        Value a = Operand(_values);
        Value[] same = [.. _values.Where(value => value.Dimension == a.Dimension)];
        Value b = Operand(same);
        switch (operation)
        {
            case 0 or 1 when _matrices.Where(matrix => _values.Any(value => value.Dimension == matrix.Columns)).ToArray() is { Length: > 0 } usable:
                Value matrix = Operand(usable);
                Value vector = Operand([.. _values.Where(value => value.Dimension == matrix.Columns)]);
                Add($"{matrix.Code} * {vector.Code}", matrix.Dimension, 1.5 * vector.Bound);
                break;
            case 2:
                Add($"{a.Code} + {b.Code}", a.Dimension, a.Bound + b.Bound);
                break;
            case 3:
                // A sum in which terms come again.
                string[] terms = [.. Enumerable.Range(0, _random.Next(3, 7)).Select(_ => Pick([" + ", " - "]) + (_random.Next(2) == 0 ? a : Operand(same)).Code)];
                Add(b.Code + string.Concat(terms), a.Dimension, 4 * same.Max(value => value.Bound));
                break;
            case 4:
                Add($"{a.Code} - {b.Code}", a.Dimension, a.Bound + b.Bound);
                break;
            case 5:
                Add($"{a.Code} * {b.Code}", a.Dimension, a.Bound * b.Bound);
                break;
            case 6:
                string number = Pick(["0", "1", "-1", "0.5", "2", "1.0 / 3", "-0.0", "1e-3", "1", "0"]);
                string sign = Pick(["+", "-", "*", "*"]);
                Add(_random.Next(2) == 0 ? $"({number}) {sign} {a.Code}" : $"{a.Code} {sign} ({number})", a.Dimension, sign == "*" ? 2 * a.Bound : 2 + a.Bound);
                break;
            default:
                Function(a);
                break;
        }
    }

    private void Function(Value a)
    {
        string function = Pick(_setting is null ? ["-", "-", "Sigmoid", "Tanh", "Relu"] : ["-", "Sigmoid", "Tanh", "Relu", "Activate"]);
        string arguments = function == "Activate" ? $"{_setting}, {a.Code}" : a.Code;
        Add($"{function}({arguments})", a.Dimension, function is "Sigmoid" or "Tanh" ? 1 : a.Bound);
    }

    /// <summary>A result: mostly a late value; now and then a state, a parameter or a constant as it is.</summary>
    private Value Result(int states)
    {
        Value[] hidden = [.. _values.Where(value => value.Dimension == "\"hidden\"")];
        if (hidden.Length == 0)
        {
            return new Value($"{_matrices[0].Code} * (0 * {Constant(_matrices[0].Columns)})", "\"hidden\"", 1);
        }

        Value chosen = _random.Next(8) switch
        {
            0 when states > 0 => _values[1 + _random.Next(states)],
            1 => new Value($"0 * {hidden[_random.Next(hidden.Length)].Code}", "\"hidden\"", 0),
            2 => hidden[_random.Next(hidden.Length)],
            _ => hidden[^(1 + _random.Next(Math.Min(3, hidden.Length)))],
        };
        return chosen.Bound <= 1.5 ? chosen : chosen with { Code = Pick(["Tanh", "Sigmoid"]) + $"({chosen.Code})", Bound = 1 };
    }

    /// <summary>A vector of a length, for a matrix whose columns no value has.</summary>
    private string Constant(string columns)
    {
        if (_values.FirstOrDefault(value => value.Dimension == columns) is { } value)
        {
            return value.Code;
        }

        Declare(columns, 0.5, $"[Shape({columns})] ");
        return _values[^1].Code;
    }

    private void Add(string code, string dimension, double bound)
    {
        if (bound > 6)
        {
            code = $"{Pick(["Tanh", "Sigmoid"])}({code})";
            bound = 1;
        }

        if (code.Length < 120 && (_names.Count < 12 || _random.Next(2) == 0))
        {
            _values.Add(new Value($"({code})", dimension, bound));
            return;
        }

        string name = _names.Count > 0 ? _names.Dequeue() : "local" + Text(_locals.Count);
        _locals.Add($"Vec {name} = {code};");
        _values.Add(new Value(name, dimension, bound));
    }

    private void Declare(string dimension, double bound, string prefix)
    {
        string name = _names.Dequeue();
        _declarations.Add($"{prefix}Vec {name}");
        _values.Add(new Value(name, dimension, bound));
    }

    private void DeclareMatrix(string rows, string columns)
    {
        string name = _names.Dequeue();
        _declarations.Add($"[Shape({rows}, {columns})] Mat {name}");
        _matrices.Add(new Value(name, rows, 1) { Columns = columns });
    }

    private string Dimension() => _random.Next(5) switch
    {
        0 => "\"input\"",
        1 => _inner,
        _ => "\"hidden\"",
    };

    /// <summary>One of the values; late ones come more often.</summary>
    private Value Operand(IReadOnlyList<Value> values) =>
        values[_random.Next(2) == 0 ? _random.Next(values.Count) : values.Count - 1 - _random.Next(Math.Min(3, values.Count))];

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <param name="Code">How it is written where it is used.</param>
    /// <param name="Dimension">Its length, or its rows, as <c>[Shape]</c> takes it.</param>
    /// <param name="Bound">About how large its elements are at most.</param>
    private sealed record Value(string Code, string Dimension, double Bound)
    {
        public string Columns { get; init; } = "";
    }
}
