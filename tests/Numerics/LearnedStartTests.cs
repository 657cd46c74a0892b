using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>States that begin with learned values.</summary>
public class LearnedStartTests
{
    private const int Steps = 5;

    public static TheoryData<string> OfAttributes => new(LearnedStarts.OfAttributes.Select(declaration => declaration.Name));

    public static TheoryData<string> All => new(LearnedStarts.OfAttributes.Concat(LearnedStarts.OfCells).Select(declaration => declaration.Name));

    [Theory]
    [InlineData("OneGru", "gru0.h0 [5]")]
    [InlineData("TwoStates", "lstm0.h0 [17]", "lstm0.c0 [17]")]
    [InlineData("SomeLayers", "rnn1.h0 [4]", "lstm3.h0 [2]", "lstm3.c0 [2]")]
    [InlineData("Copies", "lstm0.h0 [4]", "lstm0.c0 [4]", "lstm0.h0_reverse [4]", "lstm0.c0_reverse [4]", "lstm0.h0_l1 [4]", "lstm0.c0_l1 [4]", "lstm0.h0_l1_reverse [4]", "lstm0.c0_l1_reverse [4]")]
    [InlineData("Memory", "kept.h0 [3]")]
    [InlineData("Mixed", "mixture.s0 [1]", "mixture.M0 [6, 3]")]
    [InlineData("MixedAll", "mixture.s0 [1]", "mixture.M0 [6, 3]", "mixture.c0 [6]")]
    public void A_learned_initial_value_is_a_tensor_with_the_shape_of_its_state(string name, params string[] tensors) =>
        Starts(LearnedStarts.Get(name)).Select(start => $"{start.Tensor.Name} {start.Tensor.Shape}").ShouldBe(tensors);

    [Theory]
    [MemberData(nameof(All))]
    public void A_stream_begins_with_the_learned_values_and_with_zeros_elsewhere(string name)
    {
        CompiledNetwork network = LearnedStarts.Get(name);
        float[] parameters = network.Parameters();
        float[] state = CompiledNetwork.Numbers(network.Class.StateSize, 4);
        using Network compiled = network.Class.Create(parameters);

        compiled.StartState(state);

        Bits.ShouldBeSame(state, Begin(network, parameters), "state");
        state.Count(value => value != 0).ShouldBe(Starts(network).Sum(start => start.Tensor.Length));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Gradients_by_learned_initial_values_are_those_of_the_equations(string name)
    {
        CompiledNetwork network = LearnedStarts.Get(name);
        float[] parameters = network.Parameters();
        float[] inputs = CompiledNetwork.Numbers(Steps * network.Class.InputSize, 2);
        float[] weights = Gradients.OutputWeights(network, Steps);
        float[] state = new float[network.Class.StateSize];
        float[] tape = new float[network.Class.TapeSize(Steps)];
        float[] gradients = new float[parameters.Length];
        using Network compiled = network.Class.Create(parameters);
        compiled.StartState(state);
        compiled.Forward(inputs, state, new float[weights.Length], tape);
        Array.Clear(state);
        compiled.Backward(weights, state, tape, gradients, []);
        float[] before = [.. gradients];

        compiled.BackwardStart(state, gradients);

        double[] moved = Bits.ToDouble(parameters);
        foreach ((TensorInfo tensor, int _) in Starts(network))
        {
            before.AsSpan(tensor.Offset, tensor.Length).ToArray().ShouldAllBe(gradient => gradient == 0);
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Length; i++)
            {
                double expected = Differences.At(moved, i, () => Loss(network, moved, inputs, weights));
                ((double)gradients[i]).ShouldBe(expected, 1e-5 + (1e-3 * Math.Abs(expected)), $"{tensor.Name}[{i - tensor.Offset}]");
            }
        }

        compiled.BackwardStart(state, gradients);
        foreach ((TensorInfo tensor, int at) in Starts(network))
        {
            gradients.AsSpan(tensor.Offset, tensor.Length).ToArray().ShouldBe(state.AsSpan(at, tensor.Length).ToArray().Select(gradient => 2 * gradient));
        }
    }

    [Fact]
    public void Without_learned_values_a_stream_begins_with_zeros_and_no_gradient_changes()
    {
        CompiledNetwork network = LearnedStarts.Get("Plain");
        float[] state = network.State();
        float[] gradients = CompiledNetwork.Numbers(network.Class.ParameterCount, 7);
        using Network compiled = network.Class.Create(network.Parameters());

        compiled.BackwardStart(state, gradients);
        compiled.StartState(state);

        Bits.ShouldBeSame(gradients, CompiledNetwork.Numbers(network.Class.ParameterCount, 7), "gradients");
        state.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Learned_initial_values_are_zeros_before_training_unless_the_cell_says_otherwise()
    {
        CompiledNetwork network = LearnedStarts.Get("MixedAll");
        float[] state = network.State();
        using Network compiled = network.Class.Create(seed: 1);

        compiled.StartState(state);

        state.ShouldBe([0, .. new float[6], .. Enumerable.Repeat(1f, 18)]);
    }

    [Fact]
    public void Training_finds_the_value_that_a_sequence_begins_with()
    {
        // The inputs are 0, so nothing but the initial state can make the targets.
        CompiledNetwork network = LearnedStarts.Get("Memory");
        TrainingSequence[] batch = [new TrainingSequence(new float[4], new float[] { 1, -2, 0.5f, 1, -2, 0.5f })];
        using NetworkTrainer trainer = network.Class.Train(seed: 1, new TrainingOptions { LearningRate = 0.05 });

        double first = trainer.TrainBatch(batch);
        for (int step = 0; step < 300; step++)
        {
            trainer.TrainBatch(batch);
        }

        first.ShouldBe(1.75, 1e-6);
        trainer.Evaluate(batch).ShouldBeLessThan(1e-3);
    }

    /// <summary>The tensors of initial values, and where their states lie: in the order of the layers, and of the states in them.</summary>
    private static List<(TensorInfo Tensor, int State)> Starts(CompiledNetwork network)
    {
        Dictionary<string, int> places = network.Declaration.Name switch
        {
            "OneGru" => new() { ["gru0.h0"] = 0 },
            "TwoStates" => new() { ["lstm0.h0"] = 0, ["lstm0.c0"] = 17 },
            "SomeLayers" => new() { ["rnn1.h0"] = 3, ["lstm3.h0"] = 12, ["lstm3.c0"] = 14 },
            "Copies" => new()
            {
                ["lstm0.h0"] = 0, ["lstm0.c0"] = 4, ["lstm0.h0_reverse"] = 8, ["lstm0.c0_reverse"] = 12,
                ["lstm0.h0_l1"] = 16, ["lstm0.c0_l1"] = 20, ["lstm0.h0_l1_reverse"] = 24, ["lstm0.c0_l1_reverse"] = 28,
            },
            "Memory" => new() { ["kept.h0"] = 0 },
            _ => new() { ["mixture.s0"] = 0, ["mixture.c0"] = 1, ["mixture.M0"] = 7 },
        };
        return [.. network.Class.Parameters.ToArray().Where(tensor => places.ContainsKey(tensor.Name)).Select(tensor => (tensor, places[tensor.Name]))];
    }

    private static T[] Begin<T>(CompiledNetwork network, T[] parameters)
    {
        T[] state = new T[network.Class.StateSize];
        foreach ((TensorInfo tensor, int at) in Starts(network))
        {
            parameters.AsSpan(tensor.Offset, tensor.Length).CopyTo(state.AsSpan(at));
        }

        return state;
    }

    private static double Loss(CompiledNetwork network, double[] parameters, float[] inputs, float[] weights)
    {
        double[] state = Begin(network, parameters);
        double[] outputs = network.Declaration.Layers[0].Contains("Layer<", StringComparison.Ordinal)
            ? RunCell(network, parameters, Bits.ToDouble(inputs), state)
            : network.Equations.Bind(parameters).Run(network.Class.InputSize, Bits.ToDouble(inputs), state);
        return outputs.Zip(weights, (output, weight) => output * weight).Sum();
    }

    /// <summary>Calls <c>Step</c> of the one layer's cell for each time step; what is no input and no state is the tensor of its name.</summary>
    private static double[] RunCell(CompiledNetwork network, double[] parameters, double[] inputs, double[] state)
    {
        MethodInfo step = network.Class.Type.CustomAttributes.Single(attribute => attribute.AttributeType.IsSubclassOf(typeof(LayerAttribute)))
            .AttributeType.GenericTypeArguments[0].GetMethod("Step")!;
        ParameterInfo[] declared = step.GetParameters();
        bool isMixture = declared.Length > 3;
        object[] arguments = new object[declared.Length];
        for (int i = isMixture ? 4 : 2; i < declared.Length; i++)
        {
            TensorInfo tensor = network.Class.Parameters.ToArray().Single(info => info.Name.EndsWith("." + declared[i].Name, StringComparison.Ordinal));
            arguments[i] = Value(declared[i].ParameterType, parameters.AsSpan(tensor.Offset, tensor.Length), tensor.Shape.Columns);
        }

        object[] states = isMixture
            ? [state[0], new Vec(state.AsSpan(1, 6)), new Mat(6, 3, state.AsSpan(7, 18))]
            : [new Vec(state)];
        List<double> outputs = [];
        for (int at = 0; at < inputs.Length; at += network.Class.InputSize)
        {
            arguments[0] = new Vec(inputs.AsSpan(at, network.Class.InputSize));
            states.CopyTo(arguments, 1);
            object result = step.Invoke(null, arguments)!;
            object[] results = result is ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i]!)] : [result];
            outputs.AddRange(((Vec)results[0]).AsSpan().ToArray());
            states = isMixture ? results[1..] : results;
        }

        return [.. outputs];
    }

    private static object Value(Type type, ReadOnlySpan<double> values, int columns) =>
        type == typeof(double) ? values[0]
        : type == typeof(Vec) ? new Vec(values)
        : new Mat(values.Length / columns, columns, values);
}
