using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>What does not fit is refused by name, before anything is written.</summary>
public class BoundaryTests
{
    private const int Steps = 3;
    private const string Name = "SmallLstm0";

    /// <summary>Of a batch with as many time steps.</summary>
    private static readonly int[] Lengths = [1, 2];

    private static readonly string[] Methods = ["Step", "StepMany", "Run", "Forward", "Backward", "ForwardMany", "BackwardMany", "StartState", "BackwardStart", "SetParameters", "CopyParametersTo"];

    public static TheoryData<string, string, int> WrongLengths
    {
        get
        {
            TheoryData<string, string, int> rows = [];
            foreach (string method in Methods)
            {
                foreach (string span in Arguments(method).Keys)
                {
                    rows.Add(method, span, -1);
                    rows.Add(method, span, 1);
                }
            }

            return rows;
        }
    }

    public static TheoryData<string, string, string> Overlaps => new()
    {
        { "Step", "output", "input" }, { "Step", "output", "state" }, { "Step", "state", "input" },
        { "StepMany", "outputs", "inputs" }, { "StepMany", "outputs", "states" }, { "StepMany", "states", "inputs" },
        { "Run", "outputs", "inputs" }, { "Run", "outputs", "state" }, { "Run", "state", "inputs" },
        { "Forward", "outputs", "inputs" }, { "Forward", "outputs", "state" }, { "Forward", "state", "inputs" },
        { "Forward", "tape", "inputs" }, { "Forward", "tape", "state" }, { "Forward", "tape", "outputs" },
        { "Backward", "stateGradients", "outputGradients" }, { "Backward", "stateGradients", "tape" },
        { "Backward", "parameterGradients", "outputGradients" }, { "Backward", "parameterGradients", "stateGradients" },
        { "Backward", "parameterGradients", "tape" }, { "Backward", "inputGradients", "outputGradients" },
        { "Backward", "inputGradients", "stateGradients" }, { "Backward", "inputGradients", "tape" },
        { "Backward", "inputGradients", "parameterGradients" },
        { "ForwardMany", "outputs", "inputs" }, { "ForwardMany", "outputs", "states" }, { "ForwardMany", "states", "inputs" },
        { "ForwardMany", "tape", "inputs" }, { "ForwardMany", "tape", "states" }, { "ForwardMany", "tape", "outputs" },
        { "BackwardMany", "stateGradients", "outputGradients" }, { "BackwardMany", "stateGradients", "tape" },
        { "BackwardMany", "parameterGradients", "outputGradients" }, { "BackwardMany", "parameterGradients", "stateGradients" },
        { "BackwardMany", "parameterGradients", "tape" }, { "BackwardMany", "inputGradients", "outputGradients" },
        { "BackwardMany", "inputGradients", "stateGradients" }, { "BackwardMany", "inputGradients", "tape" },
        { "BackwardMany", "inputGradients", "parameterGradients" }, { "BackwardStart", "parameterGradients", "stateGradients" },
    };

    public static TheoryData<float> NoIndices => [-1, 0.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, 3];

    [Theory]
    [MemberData(nameof(WrongLengths))]
    public void A_wrong_length_is_refused_with_its_name_the_length_given_and_the_length_wanted(string method, string span, int excess)
    {
        Dictionary<string, float[]> arguments = Arguments(method);
        int wanted = arguments[span].Length;
        arguments[span] = CompiledNetwork.Numbers(wanted + excess, 12);

        ArgumentException error = Refused(Name, method, arguments);
        string message = error.Message;
        bool isCounted = span is "inputs" or "outputGradients" && !method.EndsWith("Many", StringComparison.Ordinal);

        message.ShouldContain($"{wanted + excess} float");
        message.ShouldContain(isCounted ? "a multiple of" : $"{wanted} are wanted");
        error.ParamName.ShouldBe(span);
    }

    [Theory]
    [MemberData(nameof(Overlaps))]
    public void Memory_that_is_written_is_nothing_else(string method, string written, string other)
    {
        Dictionary<string, float[]> arguments = Arguments(method);
        float[] memory = CompiledNetwork.Numbers(arguments[written].Length + arguments[other].Length, 13);

        ArgumentException error = Refused(Name, method, arguments, (written, other, memory));

        error.ParamName.ShouldBe(written);
        error.Message.ShouldContain($"{written} overlaps {other}");
    }

    [Theory]
    [MemberData(nameof(NoIndices))]
    public void An_input_that_is_no_index_is_refused(float input)
    {
        // The table of SmallEmbedding0 has three rows.
        foreach (string method in (string[])["Step", "StepMany", "Run", "Forward", "ForwardMany"])
        {
            Dictionary<string, float[]> arguments = Arguments(method, "SmallEmbedding0");
            string span = method == "Step" ? "input" : "inputs";
            arguments[span][^1] = input;

            ArgumentException error = Refused("SmallEmbedding0", method, arguments);
            error.ParamName.ShouldBe(span);
            error.Message.ShouldContain("a whole number from 0 to 2 is wanted");
        }
    }

    [Theory]
    [MemberData(nameof(NoIndices))]
    public void A_tape_that_names_no_row_is_refused_before_a_gradient_is_added(float index)
    {
        foreach (string method in (string[])["Backward", "BackwardMany"])
        {
            // All that a lookup keeps of a step is its index.
            Dictionary<string, float[]> arguments = Arguments(method, "SmallEmbedding0");
            arguments["tape"].Length.ShouldBe(Steps);
            Array.Clear(arguments["tape"]);
            arguments["tape"][^1] = index;

            ArgumentException error = Refused("SmallEmbedding0", method, arguments);

            error.ParamName.ShouldBe("tape");
            error.Message.ShouldContain("a whole number from 0 to 2 is wanted");
        }
    }

    [Fact]
    public void An_index_into_two_tables_is_a_row_of_the_smaller_one()
    {
        NetworkClass network = NetworkClass.Of(Pipeline.Consumer.Build(
            """
            using Recurrent;
            using static Recurrent.Equations;
            [Cell] struct Two { public static Vec Step(Vec x, [Shape(9, "hidden")] Mat a, [Shape(4, "hidden")] Mat b) => Row(a, x) + Row(b, x); }
            [Network(Input = 1), Layer<Two>(3)] public partial class Policy;
            """).Assembly.GetType("Policy")!);
        using Network compiled = network.Create(new float[network.ParameterCount], InstructionSets.Best);

        compiled.Step([3], [], new float[3]);
        Should.Throw<ArgumentException>(() => compiled.Step([4], [], new float[3])).Message.ShouldContain("from 0 to 3");
    }

    [Fact]
    public void A_tape_longer_than_an_array_is_refused()
    {
        CompiledNetwork network = Networks.Get(Name);
        int most = int.MaxValue / network.Class.TapeSize(1);
        network.Class.TapeSize(most).ShouldBe(most * network.Class.TapeSize(1));
        Should.Throw<ArgumentOutOfRangeException>(() => network.Class.TapeSize(most + 1)).ParamName.ShouldBe("steps");
    }

    [Fact]
    public void A_negative_number_of_streams_or_steps_is_refused()
    {
        CompiledNetwork network = Networks.Get(Name);
        using Network compiled = network.Class.Create(network.Parameters(), InstructionSets.Best);
        Should.Throw<ArgumentOutOfRangeException>(() => compiled.StepMany(-1, [], [], [])).ParamName.ShouldBe("streams");
        Should.Throw<ArgumentOutOfRangeException>(() => network.Class.TapeSize(-1)).ParamName.ShouldBe("steps");
    }

    [Theory]
    [InlineData(Name)]
    [InlineData("Lstm8To33")]
    public void Lengths_and_seeds_of_a_batch_are_refused_where_they_do_not_fit(string name)
    {
        CompiledNetwork network = Networks.Get(name);
        using Network compiled = network.Class.Create(network.Parameters(), InstructionSets.Best);
        int most = int.MaxValue / network.Class.TapeSize(1);

        ArgumentException negative = Should.Throw<ArgumentException>(() => compiled.ForwardMany([2, -1], [], [], [], [], []));
        (negative.ParamName, negative.Message).ShouldSatisfyAllConditions(
            e => e.ParamName.ShouldBe("lengths"), e => e.Message.ShouldContain("lengths[1] is -1; at least 0 is wanted"));
        ArgumentException many = Should.Throw<ArgumentException>(() => compiled.BackwardMany([most, 1], [], [], [], [], []));
        (many.ParamName, many.Message).ShouldSatisfyAllConditions(
            e => e.ParamName.ShouldBe("lengths"), e => e.Message.ShouldContain($"at most {most} are wanted"));
        ArgumentException seeds = Should.Throw<ArgumentException>(() => compiled.ForwardMany([0, 0], [], new float[2 * network.Class.StateSize], [], [], new ulong[3]));
        (seeds.ParamName, seeds.Message).ShouldSatisfyAllConditions(
            e => e.ParamName.ShouldBe("seeds"), e => e.Message.ShouldContain("3 seeds; 2 are wanted"));
    }

    [Fact]
    public void A_network_is_not_made_of_the_wrong_number_of_parameters()
    {
        CompiledNetwork network = Networks.Get(Name);
        Should.Throw<ArgumentException>(() => network.Class.Create(network.Parameters().AsSpan(1), InstructionSets.Best)).ParamName.ShouldBe("parameters");
    }

    [Fact]
    public void A_disposed_network_refuses_every_call()
    {
        foreach (string method in Methods)
        {
            CompiledNetwork network = Networks.Get(Name);
            Network compiled = network.Class.Create(network.Parameters(), InstructionSets.Best);
            compiled.Dispose();
            compiled.Dispose();
            Should.Throw<ObjectDisposedException>(() => Call(compiled, method, Arguments(method), null), method).ObjectName.ShouldBe(Name);
        }
    }

    private static ArgumentException Refused(
        string name, string method, Dictionary<string, float[]> arguments, (string Written, string Other, float[] Memory)? overlap = null)
    {
        CompiledNetwork network = Networks.Get(name);
        using Network compiled = network.Class.Create(network.Parameters(), InstructionSets.Best);
        float[][] all = overlap is null ? [.. arguments.Values] : [.. arguments.Values, overlap.Value.Memory];
        float[][] before = all.Select(values => values.ToArray()).ToArray();
        ArgumentException error = Should.Throw<ArgumentException>(() => Call(compiled, method, arguments, overlap));
        for (int i = 0; i < before.Length; i++)
        {
            Bits.ShouldBeSame(all[i], before[i], "a buffer of a refused call");
        }

        return error;
    }

    private static Dictionary<string, float[]> Arguments(string method, string name = Name)
    {
        CompiledNetwork network = Networks.Get(name);
        NetworkClass shape = network.Class;
        float[] Numbers(int count) => CompiledNetwork.Numbers(count, 11);
        return method switch
        {
            "Step" => new() { ["input"] = network.Inputs(1), ["state"] = Numbers(shape.StateSize), ["output"] = Numbers(shape.OutputSize) },
            "StepMany" => new()
            {
                ["inputs"] = network.Inputs(Steps), ["states"] = Numbers(Steps * shape.StateSize), ["outputs"] = Numbers(Steps * shape.OutputSize),
            },
            "Run" => new() { ["inputs"] = network.Inputs(Steps), ["state"] = Numbers(shape.StateSize), ["outputs"] = Numbers(Steps * shape.OutputSize) },
            "Forward" => new()
            {
                ["inputs"] = network.Inputs(Steps),
                ["state"] = Numbers(shape.StateSize),
                ["outputs"] = Numbers(Steps * shape.OutputSize),
                ["tape"] = Numbers(shape.TapeSize(Steps)),
            },
            "Backward" => new()
            {
                ["outputGradients"] = Numbers(Steps * shape.OutputSize),
                ["stateGradients"] = Numbers(shape.StateSize),
                ["tape"] = Numbers(shape.TapeSize(Steps)),
                ["parameterGradients"] = Numbers(shape.ParameterCount),
                ["inputGradients"] = Numbers(Steps * shape.InputSize),
            },
            "ForwardMany" => new()
            {
                ["inputs"] = network.Inputs(Steps),
                ["states"] = Numbers(Lengths.Length * shape.StateSize),
                ["outputs"] = Numbers(Steps * shape.OutputSize),
                ["tape"] = Numbers(shape.TapeSize(Steps)),
            },
            "BackwardMany" => new()
            {
                ["outputGradients"] = Numbers(Steps * shape.OutputSize),
                ["stateGradients"] = Numbers(Lengths.Length * shape.StateSize),
                ["tape"] = Numbers(shape.TapeSize(Steps)),
                ["parameterGradients"] = Numbers(shape.ParameterCount),
                ["inputGradients"] = Numbers(Steps * shape.InputSize),
            },
            "StartState" => new() { ["state"] = Numbers(shape.StateSize) },
            "BackwardStart" => new() { ["stateGradients"] = Numbers(shape.StateSize), ["parameterGradients"] = Numbers(shape.ParameterCount) },
            _ => new() { ["parameters"] = Numbers(shape.ParameterCount) },
        };
    }

    private static void Call(
        Network network, string method, Dictionary<string, float[]> arguments, (string Written, string Other, float[] Memory)? overlap)
    {
        // Two spans that overlap share one float: the last of one and the first of the other.
        Span<float> Of(string name)
        {
            int length = arguments[name].Length;
            return overlap is not { } shared ? arguments[name]
                : name == shared.Other ? shared.Memory.AsSpan(0, length)
                : name == shared.Written ? shared.Memory.AsSpan(arguments[shared.Other].Length - 1, length)
                : arguments[name];
        }

        switch (method)
        {
            case "Step":
                network.Step(Of("input"), Of("state"), Of("output"));
                break;
            case "StepMany":
                network.StepMany(Steps, Of("inputs"), Of("states"), Of("outputs"));
                break;
            case "Run":
                network.Run(Of("inputs"), Of("state"), Of("outputs"));
                break;
            case "Forward":
                network.Forward(Of("inputs"), Of("state"), Of("outputs"), Of("tape"));
                break;
            case "Backward":
                network.Backward(Of("outputGradients"), Of("stateGradients"), Of("tape"), Of("parameterGradients"), Of("inputGradients"));
                break;
            case "ForwardMany":
                network.ForwardMany(Lengths, Of("inputs"), Of("states"), Of("outputs"), Of("tape"), []);
                break;
            case "BackwardMany":
                network.BackwardMany(Lengths, Of("outputGradients"), Of("stateGradients"), Of("tape"), Of("parameterGradients"), Of("inputGradients"));
                break;
            case "StartState":
                network.StartState(Of("state"));
                break;
            case "BackwardStart":
                network.BackwardStart(Of("stateGradients"), Of("parameterGradients"));
                break;
            case "SetParameters":
                network.SetParameters(Of("parameters"));
                break;
            default:
                network.CopyParametersTo(Of("parameters"));
                break;
        }
    }
}
