using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Recurrent.Tests.Numerics;

public sealed partial class RandomCell
{
    private static readonly Action<RandomCell>[] Operations =
    [
        cell => cell.Product(), cell => cell.Product(), cell => cell.Sum(), cell => cell.Pair(), cell => cell.WithNumber(), cell => cell.WithScalar(),
        cell => cell.Function(), cell => cell.Function(), cell => cell.Guarded(), cell => cell.Reduction(), cell => cell.Normalisation(), cell => cell.Part(),
        cell => cell.Matrix(), cell => cell.Choice(), cell => cell.Call(),
    ];

    private int _made;

    /// <summary>One more value, made of earlier ones, if the values that there are fit what is drawn.</summary>
    private void Operate()
    {
        int drawn = _random.Next(_weights.Sum());
        int operation = 0;
        while ((drawn -= _weights[operation]) >= 0)
        {
            operation++;
        }

        Operations[operation](this);
    }

    private void Product()
    {
        bool isTransposed = _random.Next(3) == 0;
        Value[] usable = [.. Of(Kind.Mat).Where(matrix => Vectors(isTransposed ? matrix.Rows : matrix.Columns).Length > 0)];
        if (usable.Length > 0)
        {
            Value matrix = Operand(usable);
            Value vector = Operand(Vectors(isTransposed ? matrix.Rows : matrix.Columns));
            string left = isTransposed ? $"Transpose({matrix.Code})" : matrix.Code;
            Add($"{left} * {vector.Code}", vector with { Rows = isTransposed ? matrix.Columns : matrix.Rows }, 4 * matrix.Bound * vector.Bound);
        }
    }

    /// <summary>A sum in which terms come again.</summary>
    private void Sum()
    {
        Value a = Operand(_values);
        Value[] same = Like(a);
        string[] terms = [.. Enumerable.Range(0, _random.Next(2, 7)).Select(_ => Pick(" + ", " - ") + (_random.Next(2) == 0 ? a : Operand(same)).Code)];
        Add(Operand(same).Code + string.Concat(terms), a, 4 * same.Max(value => value.Bound));
    }

    private void Pair()
    {
        Value a = Operand(_values);
        Value b = Operand(Like(a));
        switch (_random.Next(5))
        {
            case 0:
                Add($"{a.Code} - {b.Code}", a, a.Bound + b.Bound);
                break;
            case 1 or 2:
                Add(a.Kind == Kind.Mat ? $"Multiply({a.Code}, {b.Code})" : $"{a.Code} * {b.Code}", a, a.Bound * b.Bound);
                break;
            case 3:
                Add($"{Pick("Min", "Max")}({a.Code}, {b.Code})", a, Math.Max(a.Bound, b.Bound));
                break;
            default:
                Add($"{a.Code} + {b.Code}", a, a.Bound + b.Bound);
                break;
        }
    }

    private void WithNumber()
    {
        Value a = Operand(_values);
        string number = Pick("0", "1", "-1", "0.5", "2", "1.0 / 3", "-0.0", "1e-3", "1", "0");
        string sign = Pick("+", "-", "*", "*");
        Add(_random.Next(2) == 0 ? $"({number}) {sign} {a.Code}" : $"{a.Code} {sign} ({number})", a, sign == "*" ? 2 * a.Bound : 2 + a.Bound);
    }

    /// <summary>With a number that varies, or with a vector of one element.</summary>
    private void WithScalar()
    {
        Value a = Operand(_values);
        Value[] ones = a.Kind == Kind.Vec ? [.. Of(Kind.Scalar), .. Vectors("1")] : Of(Kind.Scalar);
        if (ones.Length > 0)
        {
            Value one = Operand(ones);
            string sign = Pick("+", "-", "*", "*");
            Add(_random.Next(2) == 0 ? $"{one.Code} {sign} {a.Code}" : $"{a.Code} {sign} {one.Code}", a, sign == "*" ? one.Bound * a.Bound : one.Bound + a.Bound);
        }
    }

    private void Function()
    {
        Value a = Operand(_values);
        string activation = "act" + _suffix;
        if (_random.Next(3) == 0 && _declarations.Any(declaration => declaration.Name == activation))
        {
            string constants = _random.Next(3) == 0 ? ", 0.3, 0.2" : "";
            Add($"Activate({activation}, {a.Code}{constants})", a, 2 * a.Bound);
            return;
        }

        (string Code, double Bound)[] functions =
        [
            ("-{0}", a.Bound), ("-{0}", a.Bound), ("Sigmoid({0})", 1), ("Tanh({0})", 1), ("Relu({0})", a.Bound), ("Sigmoid({0})", 1), ("Tanh({0})", 1),
            ("LeakyRelu({0})", a.Bound), ("LeakyRelu({0}, 0.2)", a.Bound), ("Elu({0})", 1 + a.Bound), ("Elu({0}, 0.5)", 1 + a.Bound), ("Selu({0})", 2 + a.Bound),
            ("Softplus({0})", 1 + a.Bound), ("Softsign({0})", 1), ("HardSigmoid({0})", 1), ("HardSigmoid({0}, 0.2, 0.4)", 1), ("HardTanh({0})", 1), ("Silu({0})", a.Bound),
            ("Gelu({0})", a.Bound), ("Square({0})", a.Bound * a.Bound), ("Abs({0})", a.Bound), ("Sign({0})", 1), ("Equations.Step({0})", 1), ("Erf({0})", 1),
            ("Clamp({0}, -0.5, 0.75)", 1), ("Min({0}, 0.25)", a.Bound), ("Max(-0.25, {0})", a.Bound), ("Expm1(Tanh({0}))", 2), ("Exp(-Abs({0}))", 1), ("Exp(Sigmoid({0}))", 3),
        ];
        (string code, double bound) = functions[_random.Next(functions.Length)];
        Add(string.Format(CultureInfo.InvariantCulture, code, a.Code), a, bound);
    }

    /// <summary>What is defined for some numbers only, of operands that are these.</summary>
    private void Guarded()
    {
        Value a = Operand(_values);
        Value b = a.Kind == Kind.Mat ? Operand(Of(Kind.Scalar) is { Length: > 0 } scalars ? scalars : [a]) : Operand(Like(a));
        if (b.Kind == Kind.Mat)
        {
            Add($"Log1p(Square({a.Code}))", a, a.Bound);
            return;
        }

        (string Code, Value Like, double Bound)[] guarded =
        [
            ("{0} / (1 + Square({1}))", a, a.Bound), ("{0} / (0.5 + Abs({1}))", a, 2 * a.Bound), ("1.5 / (1 + Exp({1}))", b, 2), ("Log(1 + Square({1}))", b, b.Bound),
            ("Log(0.5 + Sigmoid({1}))", b, 1), ("Log1p(Abs({1}))", b, b.Bound), ("Sqrt(0.5 + Abs({1}))", b, 1 + b.Bound), ("Sqrt(1 + Square({1}))", b, 1 + b.Bound),
            ("Rsqrt(0.5 + Square({1}))", b, 2), ("{0} * Rsqrt(1 + Abs({1}))", a, a.Bound),
        ];
        (string code, Value like, double bound) = guarded[_random.Next(guarded.Length)];
        Add(string.Format(CultureInfo.InvariantCulture, code, a.Code, b.Code), like, bound);
    }

    private void Reduction()
    {
        Value a = Operand(Of(Kind.Vec));
        Value b = Operand(Like(a));
        (string Code, double Bound)[] reductions =
        [
            ("Sum({0})", 10 * a.Bound), ("Mean({0})", a.Bound), ("Max({0})", a.Bound), ("Dot({0}, {1})", 10 * a.Bound * b.Bound), ("Norm(0.5 + Square({0}))", 6 * a.Bound),
            ("{0}[0]", a.Bound), ("{0}[^1]", a.Bound), ("Mean({0} * {1})", a.Bound * b.Bound),
        ];
        (string code, double bound) = reductions[_random.Next(reductions.Length)];
        Add(string.Format(CultureInfo.InvariantCulture, code, a.Code, b.Code), new Value("", Kind.Scalar, "", "", 0), bound);
    }

    private void Normalisation()
    {
        Value a = Operand(Of(Kind.Vec));
        Value weight = Operand(Like(a));
        Value bias = Operand(Like(a));
        switch (_random.Next(3))
        {
            case 0:
                Add($"Softmax({a.Code})", a, 1);
                break;
            case 1:
                Add($"LayerNorm({a.Code}, {weight.Code}, {bias.Code}, {Pick("0.1", "epsilon: 0.5")})", a, (2 * weight.Bound) + bias.Bound);
                break;
            default:
                Add($"RmsNorm({a.Code}, {weight.Code}, 0.1)", a, 2 * weight.Bound);
                break;
        }
    }

    /// <summary>Parts of vectors, and vectors of parts.</summary>
    private void Part()
    {
        Value a = Operand(Of(Kind.Vec));
        Value one = a with { Rows = "1" };
        bool isFixed = int.TryParse(a.Rows, out int length);
        switch (_random.Next(5))
        {
            case 0:
                Add($"{a.Code}[{Pick("..1", "^1..", "0..1")}]", one, a.Bound);
                break;
            case 1 when isFixed && length > 2:
                int start = _random.Next(length - 1);
                int end = _random.Next(start + 1, length + 1);
                Add($"{a.Code}[{Text(start)}..{Text(end)}]", a with { Rows = Text(end - start) }, a.Bound);
                break;
            case 2 when isFixed && Of(Kind.Vec).Where(value => int.TryParse(value.Rows, out int other) && length + other < 24).ToArray() is { Length: > 0 } others:
                Value behind = Operand(others);
                Add($"Concat({a.Code}, {behind.Code})", a with { Rows = Text(length + int.Parse(behind.Rows, CultureInfo.InvariantCulture)) }, Math.Max(a.Bound, behind.Bound));
                break;
            case 3 when !isFixed && _names.Count > 0:
                // The same elements, turned around in two or three parts.
                MinimumSize = 2;
                string name = Local("Vec", a.Code);
                string middle = Pick("1", $"{name}.Length - 1", $"{name}.Length / 2");
                Add($"Concat({name}[({middle})..], {name}[..({middle})])", a, a.Bound);
                break;
            default:
                Value c = Operand(Like(a));
                Add($"Concat({a.Code}[^1..], {c.Code}[..1], {a.Code}[0..1])", a with { Rows = "3" }, Math.Max(a.Bound, c.Bound));
                break;
        }
    }

    private void Matrix()
    {
        Value a = Operand(Of(Kind.Vec));
        Value b = Operand(Of(Kind.Vec));
        Value[] tall = [.. Of(Kind.Mat).Where(matrix => matrix.Rows == a.Rows)];
        Value[] wide = [.. Of(Kind.Mat).Where(matrix => matrix.Columns == a.Rows)];
        switch (_random.Next(6))
        {
            case 0 or 1:
                Add($"Outer({a.Code}, {b.Code})", new Value("", Kind.Mat, a.Rows, b.Rows, 0), a.Bound * b.Bound);
                break;
            case 2 when tall.Length > 0:
                Value rows = Operand(tall);
                Add($"ScaleRows({rows.Code}, {a.Code})", rows, rows.Bound * a.Bound);
                break;
            case 3 when wide.Length > 0:
                Value columns = Operand(wide);
                Add($"ScaleColumns({columns.Code}, {a.Code})", columns, columns.Bound * a.Bound);
                break;
            case 4 when Of(Kind.Mat).Length > 0:
                Value summed = Operand(Of(Kind.Mat));
                Add($"RowSums({summed.Code})", a with { Rows = summed.Rows }, 8 * summed.Bound);
                break;
            case 5 when Of(Kind.Mat).Length > 0:
                summed = Operand(Of(Kind.Mat));
                Add($"ColumnSums({summed.Code})", a with { Rows = summed.Columns }, 8 * summed.Bound);
                break;
            default:
                break;
        }
    }

    /// <summary>What a setting chooses.</summary>
    private void Choice()
    {
        string[] conditions =
        [
            .. _declarations.Where(declaration => declaration.Name == "flag" + _suffix).SelectMany(flag => (string[])[flag.Name, "!" + flag.Name]),
            .. _declarations.Where(declaration => declaration.Name == "count" + _suffix).SelectMany(count => (string[])[$"{count.Name} > 1", $"{count.Name} == 2 || 3 < {count.Name}"]),
            .. _declarations.Where(declaration => declaration.Name == "act" + _suffix).Select(activation => $"{activation.Name} == Activation.Tanh"),
        ];
        if (conditions.Length > 0)
        {
            Value a = Operand(_values);
            Value b = Operand(Like(a));
            string condition = Pick(conditions);
            Add($"({condition} ? {a.Code} : {b.Code})", a, Math.Max(a.Bound, b.Bound));
        }
    }

    /// <summary>A method whose body is read where it is called.</summary>
    private void Call()
    {
        Value a = Operand(Of(Kind.Vec));
        Value b = Operand(Like(a));
        string name = "Part" + Text(_methods.Count) + "Of" + _suffix;
        switch (_random.Next(3))
        {
            case 0:
                _methods.Add($"private static Vec {name}(Vec left, Vec right, double weight = 0.25) => weight * left + (1 - weight) * right;");
                Add(_random.Next(2) == 0 ? $"{name}({a.Code}, {b.Code})" : $"{name}(weight: 0.5, right: {a.Code}, left: {b.Code})", a, a.Bound + b.Bound);
                break;
            case 1 when _names.Count > 2 && !_names.Take(2).Contains("_"):
                _methods.Add($"private static (Vec, Vec) {name}(Vec p, Vec q)\n    {{\n        Vec product = p * q;\n        return (product + p, q - product);\n    }}");
                string first = _names.Dequeue();
                string second = _names.Dequeue();
                string code = $"{name}({a.Code}, {b.Code})";
                _statements.Add(new Statement($"(Vec {first}, Vec {second}) = {code};", [first, second], code));
                double bound = (a.Bound * b.Bound) + Math.Max(a.Bound, b.Bound);
                Add($"Tanh({first})", a, 1);
                Add($"{(bound > Largest ? "Sigmoid" : "-")}({second})", a, Math.Min(bound, Largest));
                break;
            default:
                _methods.Add($"private static double {name}(Vec p, double s) => Tanh(s) * Mean(p);");
                Add($"{name}({a.Code}, {Pick([.. Of(Kind.Scalar).Select(value => value.Code), "0.5"])})", new Value("", Kind.Scalar, "", "", 0), a.Bound);
                break;
        }
    }

    private void Add(string code, Value like, double bound)
    {
        _made++;
        if (bound > Largest)
        {
            code = $"{Pick("Tanh", "Sigmoid")}({code})";
            bound = 1;
        }

        code = code.Length < 120 && (_names.Count < 12 || _random.Next(2) == 0) ? $"({code})" : Local(TypeOf(like), code);
        _values.Add(like with { Code = code, Bound = bound });
    }

    private string Local(string type, string code)
    {
        string name = _names.Count > 0 ? _names.Dequeue() : "local" + Text(_statements.Count);
        _statements.Add(new Statement($"{type} {name} = {code};", [name], code));
        return name;
    }

    private Value[] Of(Kind kind) => [.. _values.Where(value => value.Kind == kind)];

    private Value[] Vectors(string dimension) => [.. _values.Where(value => value.Kind == Kind.Vec && value.Rows == dimension)];

    private Value[] Like(Value value) => [.. _values.Where(value.IsLike)];

    /// <summary>One of the values; late ones come more often.</summary>
    private Value Operand(IReadOnlyList<Value> values) =>
        values[_random.Next(2) == 0 ? _random.Next(values.Count) : values.Count - 1 - _random.Next(Math.Min(3, values.Count))];
}
