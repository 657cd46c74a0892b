using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Threading;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Parse;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

/// <summary>Every method of <see cref="Equations"/> and every operator of an equation: the numbers of its graph against those of calling it.</summary>
public class WordTests
{
    private const int Hidden = 4;
    private const int Activated = (int)Activation.Affine + 1;

    private static readonly IReadOnlyList<MethodInfo> Words =
    [
        .. typeof(Equations).GetMethods(BindingFlags.Public | BindingFlags.Static),
        .. typeof(Vec).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.IsSpecialName),
        .. typeof(Mat).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.IsSpecialName),
    ];

    private static readonly Dictionary<string, string> Signs = new()
    {
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_UnaryNegation"] = "-",
    };

    public static TheoryData<int, string> Rows
    {
        get
        {
            TheoryData<int, string> rows = [];
            for (int i = 0; i < Words.Count; i++)
            {
                rows.Add(i, Words[i].ToString()!);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_numbers_of_a_word_are_those_of_calling_it(int word, string signature)
    {
        signature.ShouldNotBeEmpty();
        bool positive = Words[word].Name is "Log" or "Sqrt" or "Rsqrt" or "Log1p";
        Random random = new(5);
        for (int trial = 0; trial < 20; trial++)
        {
            Check(word, trial, () => positive ? random.NextDouble() : (4 * random.NextDouble()) - 2);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_word_of_zero_and_of_infinity_and_of_no_number_gives_what_calling_it_gives(int word, string signature)
    {
        signature.ShouldNotBeEmpty();
        double[] special = [0, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1000, -1000];
        int next = 0;
        for (int trial = 0; trial < 2 * special.Length; trial++)
        {
            Check(word, trial, () => special[next++ % special.Length]);
            next += trial / special.Length;
        }
    }

    private static void Check(int word, int trial, Func<double> draw)
    {
        Type type = Built.Value.Assembly.GetType("Word" + word.ToString(CultureInfo.InvariantCulture)).ShouldNotBeNull();
        CellEquations equations = CellParser.Parse(Built.Value.Before.GetTypeByMetadataName(type.Name)!, Built.Value.Before, new Problems(), CancellationToken.None)
            .ShouldNotBeNull("the language has no such word");
        int activation = trial % Activated;
        Dictionary<string, int> sizes = new() { ["input"] = 1, ["hidden"] = Hidden };
        BoundCell bound = CellBinding.Bind(equations, sizes, new Dictionary<string, double> { ["activation"] = activation });
        CellGraph cell = bound.Cell.ShouldNotBeNull(bound.ToString());
        Dictionary<string, double[]> given = [];
        double[] Draw(string name, int length) => given[name] = name switch
        {
            "x" => [2],
            "one" => [1, 1, 1, 1],
            "s" => [0.25],
            "t" => [0.75],
            _ => [.. Enumerable.Range(0, length).Select(_ => draw())],
        };
        MethodInfo step = type.GetMethod("Step")!;
        object[] arguments = [.. step.GetParameters().Select(parameter => Argument(parameter, activation, Draw))];
        Leaves leaves = new() { Input = given["x"], Parameters = [.. cell.Parameters.Select(parameter => given[parameter.Name])] };

        double[] computed = GraphInterpreter.Outputs(cell.Body, leaves).Single();

        Vec called = (Vec)step.Invoke(null, arguments)!;
        called.Length.ShouldBe(computed.Length);
        for (int i = 0; i < computed.Length; i++)
        {
            if (!computed[i].Equals(called[i]))
            {
                computed[i].ShouldBe(called[i], 1e-13 * Math.Max(1, Math.Abs(called[i])), $"{equations.Name}, activation {activation}: {string.Join(", ", given.Select(pair => $"{pair.Key} = [{string.Join(' ', pair.Value)}]"))}");
            }
        }
    }

    private static object Argument(ParameterInfo parameter, int activation, Func<string, int, double[]> draw) =>
        parameter.ParameterType == typeof(Activation) ? (Activation)activation
        : parameter.ParameterType == typeof(double) ? draw(parameter.Name!, 1)[0]
        : parameter.ParameterType == typeof(Mat) ? new Mat(Hidden, Hidden, draw(parameter.Name!, Hidden * Hidden))
        : new Vec(draw(parameter.Name!, Hidden));

    private static readonly Lazy<Consumer> Built = new(() => Consumer.Run(Consumer.Compile(
        "using Recurrent;\nusing static Recurrent.Equations;\n" + string.Concat(Enumerable.Range(0, Words.Count).Select(Source)))));

    private static string Source(int word)
    {
        MethodInfo method = Words[word];
        Queue<string> vectors = new(["a", "b", "c", "d"]);
        Queue<string> matrices = new(["A", "B"]);
        bool isOfNumber = method.GetParameters().First(parameter => parameter.ParameterType != typeof(Activation)).ParameterType == typeof(double);
        Queue<string> numbers = new(isOfNumber ? ["u", "s", "t"] : ["s", "t"]);
        List<string> arguments = [.. method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(Activation) ? "activation"
            : parameter.ParameterType == typeof(int) ? "2"
            : parameter.ParameterType == typeof(Vec[]) ? "a, b, c"
            : method.Name == "Row" && parameter.ParameterType == typeof(Vec) ? "x"
            : parameter.ParameterType == typeof(Mat) ? matrices.Dequeue()
            : parameter.ParameterType == typeof(Vec) ? vectors.Dequeue()
            : numbers.Dequeue())];
        string call = !Signs.TryGetValue(method.Name, out string? sign) ? $"Equations.{method.Name}({string.Join(", ", arguments)})"
            : arguments.Count == 1 ? $"({sign}{arguments[0]})"
            : $"({arguments[0]} {sign} {arguments[1]})";
        string part = method.Name == "Concat" ? "[2..(2 + a.Length)]" : "";
        return $$"""
            [Cell] public struct Word{{word}}
            {
                public static Vec Step(
                    Vec x, [Init(Initializer.Ones), Shape("hidden")] Vec one, [Shape("hidden")] Vec a, [Shape("hidden")] Vec b, [Shape("hidden")] Vec c,
                    [Shape("hidden", "hidden")] Mat A, [Shape("hidden", "hidden")] Mat B, double u, double s, double t, Activation activation)
                    => {{call}}{{part}} * one;
            }

            """;
    }
}
