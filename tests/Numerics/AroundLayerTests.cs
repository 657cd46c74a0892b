using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>What stands around the cell of a layer, against the equations run level after level over whole sequences.</summary>
public class AroundLayerTests
{
    /// <summary>As in <see cref="ForwardTests"/>; these sequences are longer, and levels stand on each other.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>None, one, and numbers around the chunks that passes take.</summary>
    private static readonly int[] Lengths = [0, 1, 2, 5, 33, 64, 65, 131];

    public static TheoryData<string, InstructionSet> OnEveryInstructionSet => Networks.Cross(AroundLayers.All);

    public static TheoryData<string, InstructionSet> StreamingOnEveryInstructionSet => Networks.Cross(AroundLayers.Streaming);

    public static TheoryData<string, int> Gradual
    {
        get
        {
            TheoryData<string, int> rows = [];
            foreach (NetworkDeclaration network in AroundLayers.All)
            {
                rows.Add(network.Name, 4);
                rows.Add(network.Name, 70);
            }

            return rows;
        }
    }

    public static TheoryData<string> All => new(AroundLayers.All.Select(declaration => declaration.Name));

    public static TheoryData<string> Whole => new(AroundLayers.Whole.Select(declaration => declaration.Name));

    [Theory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void Run_gives_what_the_equations_give_and_Forward_the_same_bits(string name, InstructionSet instructionSet)
    {
        CompiledNetwork network = AroundLayers.Get(name);
        using Network compiled = network.Class.Create(network.Parameters(), instructionSet);
        using Network scalar = network.Class.Create(network.Parameters(), InstructionSet.Scalar);
        foreach (int steps in Lengths)
        {
            float[] inputs = network.Inputs(steps);
            double[] expectedState = Bits.ToDouble(network.State());
            double[] expected = network.Equations.Bind(Bits.ToDouble(network.Parameters())).Run(network.Class.InputSize, Bits.ToDouble(inputs), expectedState);

            (float[] outputs, float[] state) = Run(network, (s, y) => compiled.Run(inputs, s, y), steps);
            (float[] recorded, float[] stateRecorded) = Run(network, (s, y) => compiled.Forward(inputs, s, y, new float[network.Class.TapeSize(steps)]), steps);
            (float[] reference, float[] stateReference) = Run(network, (s, y) => scalar.Run(inputs, s, y), steps);

            Bits.ShouldBeNear(outputs, expected, Tolerance, $"{steps} steps: outputs");
            Bits.ShouldBeNear(state, expectedState, Tolerance, $"{steps} steps: state");
            Bits.ShouldBeSame(recorded, outputs, $"{steps} steps: Forward: outputs");
            Bits.ShouldBeSame(stateRecorded, state, $"{steps} steps: Forward: state");
            Bits.ShouldBeSame(outputs, reference, $"{steps} steps: scalar: outputs");
            Bits.ShouldBeSame(state, stateReference, $"{steps} steps: scalar: state");
        }
    }

    [Theory]
    [MemberData(nameof(StreamingOnEveryInstructionSet))]
    public void Where_no_layer_runs_in_reverse_single_steps_give_the_same_bits(string name, InstructionSet instructionSet)
    {
        CompiledNetwork network = AroundLayers.Get(name);
        ForwardTests.CheckSequence(network, 65, instructionSet);
        ForwardTests.CheckStreams(network, 5, instructionSet);
    }

    [Theory]
    [MemberData(nameof(Gradual))]
    public void Gradients_are_those_of_the_equations(string name, int steps) => GradientTests.Check(AroundLayers.Get(name), steps, most: 60, least: 0);

    [Theory]
    [MemberData(nameof(Gradual))]
    public void Gradients_have_the_same_bits_on_every_instruction_set_and_without_those_of_inputs(string name, int steps) =>
        RandomCellChecks.BackwardBits(AroundLayers.Get(name), steps);

    [Theory]
    [MemberData(nameof(All))]
    public void A_sequence_without_steps_leaves_every_gradient_as_it_is(string name) => GradientTests.CheckNoSteps(AroundLayers.Get(name));

    [SkippableTheory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void Nothing_is_read_or_written_beside_what_is_given(string name, InstructionSet instructionSet)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Inaccessible pages are made with Linux's mmap and mprotect.");
        foreach (bool atEnd in (bool[])[true, false])
        {
            foreach (int steps in (int[])[0, 1, 33])
            {
                MemoryBoundTests.CheckSequence(AroundLayers.Get(name), instructionSet, steps, atEnd);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_network_with_a_reverse_layer_has_no_single_steps(string name)
    {
        Type type = AroundLayers.Get(name).Class.Type;
        type.GetMethod("Step").ShouldBeNull();
        type.GetMethod("StepMany").ShouldBeNull();
        type.GetInterfaces().Select(implemented => implemented.Name).ShouldBe(["INetwork`1", "ITrainableNetwork`1", "IDisposable"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Reverse")]
    [InlineData("Bidirectional")]
    public void A_single_step_of_a_reverse_layer_does_not_compile(string property)
    {
        Consumer consumer = Consumer.Build(
            $$"""
            using Recurrent;
            [Network(Input = 1), Gru(2, {{property}} = true)] partial class Policy;
            class User { void Use(Policy policy, float[] x) { policy.Step(x, x, x); policy.StepMany(1, x, x, x); policy.Run(x, x, x); } }
            """);

        consumer.CompilerDiagnostics().Select(diagnostic => diagnostic.Id).ShouldBe(["CS1061", "CS1061"]);
    }

    [Fact]
    public void Members_named_as_single_steps_are_free_in_a_network_without_them() => Consumer.Build(
        """
        using Recurrent;
        [Network(Input = 1), Gru(2, Reverse = true)] public partial class Policy { public int Step => 1; }
        """).AnalyzerDiagnostics().ShouldBeEmpty();

    [Fact]
    public void Tensors_are_named_and_ordered_as_PyTorch_does_it() => Names("BidirectionalStack").ShouldBe(
    [
        "lstm0.weight_ih_l0", "lstm0.weight_hh_l0", "lstm0.bias_ih_l0", "lstm0.bias_hh_l0",
        "lstm0.weight_ih_l0_reverse", "lstm0.weight_hh_l0_reverse", "lstm0.bias_ih_l0_reverse", "lstm0.bias_hh_l0_reverse",
        "lstm0.weight_ih_l1", "lstm0.weight_hh_l1", "lstm0.bias_ih_l1", "lstm0.bias_hh_l1",
        "lstm0.weight_ih_l1_reverse", "lstm0.weight_hh_l1_reverse", "lstm0.bias_ih_l1_reverse", "lstm0.bias_hh_l1_reverse",
    ]);

    [Fact]
    public void A_layer_that_runs_in_reverse_alone_has_plain_names() =>
        Names("ReverseGru").ShouldBe(["gru0.weight_ih_l0", "gru0.weight_hh_l0", "gru0.bias_ih_l0", "gru0.bias_hh_l0"]);

    [Fact]
    public void Names_without_a_level_get_one_above_the_first()
    {
        NetworkClass network = NetworkClass.Of(Consumer.Build(
            "using Recurrent; [Network(Input = 3), Dense(4, Layers = 2, Bidirectional = true)] public partial class Policy;").Assembly.GetType("Policy")!);

        network.Parameters.ToArray().Select(tensor => $"{tensor.Name} {tensor.Shape}").ShouldBe(
        [
            "dense0.weight [4, 3]", "dense0.bias [4]", "dense0.weight_reverse [4, 3]", "dense0.bias_reverse [4]",
            "dense0.weight_l1 [4, 8]", "dense0.bias_l1 [4]", "dense0.weight_l1_reverse [4, 8]", "dense0.bias_l1_reverse [4]",
        ]);
    }

    [Fact]
    public void A_tape_that_names_no_row_of_the_second_table_is_refused()
    {
        CompiledNetwork network = AroundLayers.Get("TwoTables");
        NetworkClass shape = network.Class;
        using Network compiled = shape.Create(network.Parameters());
        float[] tape = new float[shape.TapeSize(3)];
        compiled.Forward(network.Inputs(3), network.State(), new float[3 * shape.OutputSize], tape);
        void Backward() => compiled.Backward(new float[3 * shape.OutputSize], network.State(), tape, new float[shape.ParameterCount], []);

        Should.NotThrow(Backward);
        foreach (int table in (int[])[0, 1])
        {
            float index = tape[(3 * table) + 2];
            tape[(3 * table) + 2] = 4;
            Should.Throw<ArgumentException>(Backward).ParamName.ShouldBe("tape");
            tape[(3 * table) + 2] = index;
        }
    }

    [Fact]
    public void A_sequence_whose_parts_between_layers_fit_no_buffer_is_refused()
    {
        const int Between = 100_000;
        const int Most = int.MaxValue / Between;
        NetworkClass network = NetworkClass.Of(Consumer.Build(
            $"using Recurrent; [Network(Input = 1), Dense({Between}), Gru(1, Reverse = true)] public partial class Policy;").Assembly.GetType("Policy")!);
        using Network compiled = network.Create(new float[network.ParameterCount]);
        float[] sequence = new float[Most + 1];
        float[] outputs = new float[Most + 1];

        Should.Throw<ArgumentOutOfRangeException>(() => compiled.Run(sequence, [0], outputs)).ParamName.ShouldBe("inputs");
        Should.Throw<ArgumentOutOfRangeException>(() => compiled.Forward(sequence, [0], outputs, [])).ParamName.ShouldBe("inputs");
        Should.Throw<ArgumentOutOfRangeException>(() => compiled.Backward(outputs, [0], [], [], [])).ParamName.ShouldBe("outputGradients");
    }

    private static IEnumerable<string> Names(string network) => AroundLayers.Get(network).Class.Parameters.ToArray().Select(tensor => tensor.Name);

    private delegate void Pass(Span<float> state, Span<float> outputs);

    private static (float[] Outputs, float[] State) Run(CompiledNetwork network, Pass pass, int steps)
    {
        float[] state = network.State();
        float[] outputs = new float[steps * network.Class.OutputSize];
        outputs.AsSpan().Fill(float.NaN);
        pass(state, outputs);
        return (outputs, state);
    }
}
