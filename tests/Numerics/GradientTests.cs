using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>
/// The kernels' gradients against finite differences of the equations in double precision. The loss is a random weighted sum of every
/// output and of the final state.
/// </summary>
public class GradientTests
{
    /// <summary>Long enough for two full chunks of time steps and a rest.</summary>
    private const int LongSequence = 70;

    /// <summary>Numbers of each kind that are moved in a large network; in a small one all are.</summary>
    private const int MostMoved = 30;

    /// <summary>Numbers of each kind that are moved where the whole sequence is run again for each.</summary>
    private const int MostMovedInLong = 12;

    /// <summary>
    /// Floats against doubles over many steps; relative to the largest gradient of the same kind where a gradient is less than 1 % of that.
    /// At a kink, where differences to both sides do not agree, there is nothing to compare.
    /// </summary>
    private const double Tolerance = 1e-3;

    public static TheoryData<string, int> Sequences => Rows(_ => true);

    /// <summary>Without long sequences of gates that are no sigmoids: there is no bound to how far they spread the roundings of floats apart.</summary>
    public static TheoryData<string, int> Followed =>
        Rows(network => !network.Layers.Any(layer => layer.Contains("RecurrentActivation", StringComparison.Ordinal)));

    public static TheoryData<string> Several => new(Networks.Small.Concat(Networks.Stacks).Select(network => network.Name));

    [Theory]
    [MemberData(nameof(Followed))]
    public void Gradients_are_those_of_the_equations(string name, int steps)
    {
        int all = steps == LongSequence ? MostMovedInLong : name.StartsWith("Small", StringComparison.Ordinal) ? int.MaxValue : MostMoved;
        Check(Networks.Get(name), steps, all, least: 0);
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Gradients_have_the_same_bits_on_every_instruction_set(string name, int steps)
    {
        CompiledNetwork network = Networks.Get(name);
        Gradients scalar = Gradients.Of(network, steps, InstructionSet.Scalar);
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            Gradients.Of(network, steps, instructionSet).ShouldHaveTheBitsOf(scalar, $"{instructionSet}");
        }
    }

    [Theory]
    [MemberData(nameof(Several))]
    public void Gradients_of_parameters_are_added(string name)
    {
        CompiledNetwork network = Networks.Get(name);
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            Gradients once = Gradients.Of(network, 7, instructionSet);
            Gradients again = Gradients.Of(network, 7, instructionSet, once.Parameters);
            double largest = once.Parameters.Select(Math.Abs).Append(float.Epsilon).Max();
            Bits.ShouldBeNear(
                again.Parameters.Select(gradient => (float)(gradient / largest)).ToArray(),
                once.Parameters.Select(gradient => 2 * gradient / largest).ToArray(),
                1e-5,
                "parameters");
        }
    }

    [Theory]
    [MemberData(nameof(Several))]
    public void Gradients_of_inputs_may_be_left_out(string name)
    {
        CompiledNetwork network = Networks.Get(name);
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            Gradients all = Gradients.Of(network, 40, instructionSet);
            Gradients fewer = Gradients.Of(network, 40, instructionSet, withInputs: false);
            fewer.ShouldHaveTheBitsOf(all with { Inputs = [] }, $"{instructionSet}");
        }
    }

    [Theory]
    [MemberData(nameof(Several))]
    public void A_sequence_without_steps_leaves_every_gradient_as_it_is(string name) => CheckNoSteps(Networks.Get(name));

    /// <summary>Holds the gradients of a sequence without time steps to what was there before.</summary>
    internal static void CheckNoSteps(CompiledNetwork network)
    {
        float[] before = CompiledNetwork.Numbers(network.Class.ParameterCount, 8);

        Gradients.Of(network, 0, InstructionSets.Best, before).ShouldHaveTheBitsOf(new Gradients(before, Gradients.StateWeights(network), []), "no steps");
    }

    /// <summary>Holds a network's gradients to finite differences.</summary>
    /// <param name="network">The network.</param>
    /// <param name="steps">Time steps of the sequence.</param>
    /// <param name="most">Numbers of each kind that are moved.</param>
    /// <param name="least">Smaller gradients are compared as if they were of this size.</param>
    internal static void Check(CompiledNetwork network, int steps, int most, double least)
    {
        Gradients actual = Gradients.Of(network, steps, InstructionSets.Best);
        bool readsIndex = network.Equations.IndexCount is not null;

        CheckKind("parameter", actual.Parameters, (Inputs(network, steps), State(network), Parameters(network)), 2);
        CheckKind("initial state", actual.State, (Inputs(network, steps), State(network), Parameters(network)), 1);
        if (readsIndex)
        {
            Assert.All(actual.Inputs, gradient => Assert.Equal(0f, gradient));
        }
        else
        {
            CheckKind("input", actual.Inputs, (Inputs(network, steps), State(network), Parameters(network)), 0);
        }

        void CheckKind(string kind, float[] gradients, (double[] Inputs, double[] State, double[] Parameters) at, int moved)
        {
            double[] values = moved switch { 0 => at.Inputs, 1 => at.State, _ => at.Parameters };
            int[] positions = Enumerable.Range(0, values.Length).Where(position => moved != 2 || !IsKept(network, actual.Parameters, position)).ToArray();
            if (positions.Length > most)
            {
                new Random(9).Shuffle(positions);
                positions = positions[..most];
            }

            HashSet<int> frozen = moved == 2 ? Frozen(network.Class.Parameters) : [];
            BoundNetwork? bound = moved == 2 ? null : network.Equations.Bind(at.Parameters);
            double LossHere() => Loss(network, bound ?? network.Equations.Bind(at.Parameters), at.Inputs, at.State);
            double here = LossHere();
            Slope[] expected = positions.Select(position => frozen.Contains(position) ? default : Slope.At(values, position, LossHere, here)).ToArray();
            double largest = expected.Select(slope => Math.Abs(slope.Central)).DefaultIfEmpty(0).Max();
            for (int i = 0; i < positions.Length; i++)
            {
                float gradient = gradients[positions[i]];
                double size = Math.Max(Math.Abs(expected[i].Central), Math.Max(0.01 * largest, least));
                if (!(Math.Abs(gradient - expected[i].Central) <= Tolerance * size)
                    && expected[i].IsSmooth(size)
                    && IsSmoothAround(values, positions[i], LossHere, here, size))
                {
                    Assert.Fail(string.Create(
                        CultureInfo.InvariantCulture, $"The gradient by {kind} {positions[i]} of {values.Length} is {gradient:R}; finite differences give {expected[i].Central:R}."));
                }
            }
        }
    }

    /// <summary>
    /// Whether a parameter belongs to a tensor that its cell detaches: the memory of a Legendre memory unit, unless it is trained. All of its gradients are 0.
    /// </summary>
    private static bool IsKept(CompiledNetwork network, float[] gradients, int position)
    {
        TensorInfo tensor = network.Class.Parameters.ToArray().Single(tensor => position >= tensor.Offset && position < tensor.Offset + tensor.Length);
        return tensor.Name.StartsWith("lmu", StringComparison.Ordinal)
            && tensor.Name[tensor.Name.IndexOf('.', StringComparison.Ordinal)..] is ".A" or ".B"
            && gradients.AsSpan(tensor.Offset, tensor.Length).IndexOfAnyExcept(0f) < 0;
    }

    /// <summary>Whether the loss has no kink that floats could stand on the other side of.</summary>
    private static bool IsSmoothAround(double[] values, int position, Func<double> loss, double here, double size) =>
        ((double[])[1e-5, 1e-4]).All(move => Slope.At(values, position, loss, here, move).IsSmooth(size));

    /// <summary>The positions of parameters that training leaves as they are.</summary>
    private static HashSet<int> Frozen(ReadOnlySpan<TensorInfo> tensors)
    {
        HashSet<int> positions = [];
        foreach (TensorInfo tensor in tensors)
        {
            if (tensor.IsFrozen)
            {
                positions.UnionWith(Enumerable.Range(tensor.Offset, tensor.Length));
            }
        }

        return positions;
    }

    private static TheoryData<string, int> Rows(Func<NetworkDeclaration, bool> isLong)
    {
        TheoryData<string, int> rows = [];
        foreach (NetworkDeclaration network in Networks.Running)
        {
            rows.Add(network.Name, 4);
        }

        foreach (NetworkDeclaration network in Networks.Small.Concat(Networks.Stacks.Take(2)).Where(isLong))
        {
            rows.Add(network.Name, LongSequence);
        }

        return rows;
    }

    private static double[] Inputs(CompiledNetwork network, int steps) => Bits.ToDouble(network.Inputs(steps));

    private static double[] State(CompiledNetwork network) => Bits.ToDouble(network.State());

    private static double[] Parameters(CompiledNetwork network) => Bits.ToDouble(network.Parameters());

    private static double Loss(CompiledNetwork network, BoundNetwork bound, double[] inputs, double[] before)
    {
        double[] state = [.. before];
        double[] outputs = bound.Run(network.Class.InputSize, inputs, state);
        return Dot(outputs, Gradients.OutputWeights(network, inputs.Length / network.Class.InputSize)) + Dot(state, Gradients.StateWeights(network));
    }

    private static double Dot(double[] left, float[] right) => left.Zip(right, (a, b) => a * b).Sum();

    /// <summary>What the loss gains to both sides of a number, per unit.</summary>
    private readonly record struct Slope(double Below, double Above, double Move)
    {
        public double Central => (Below + Above) / 2;

        /// <summary>Both sides agree, but for the curvature that a smooth loss may have; a gradient of this size is compared.</summary>
        public bool IsSmooth(double size) => Math.Abs(Above - Below) <= (Tolerance + (1000 * Move)) * size;

        /// <param name="values">What the loss depends on.</param>
        /// <param name="position">The number that is moved.</param>
        /// <param name="loss">Computes the loss.</param>
        /// <param name="here">The loss before anything is moved.</param>
        /// <param name="move">How far.</param>
        public static Slope At(double[] values, int position, Func<double> loss, double here, double move = 1e-6)
        {
            double value = values[position];
            values[position] = value + move;
            double above = loss();
            values[position] = value - move;
            double below = loss();
            values[position] = value;
            return new Slope((here - below) / move, (above - here) / move, move);
        }
    }
}

/// <summary>What a backward pass gives.</summary>
public sealed record Gradients(float[] Parameters, float[] State, float[] Inputs)
{
    /// <summary>The loss's gradient by each output.</summary>
    public static float[] OutputWeights(CompiledNetwork network, int steps) => CompiledNetwork.Numbers(steps * network.Class.OutputSize, 5);

    /// <summary>The loss's gradient by each number of the final state.</summary>
    public static float[] StateWeights(CompiledNetwork network) => CompiledNetwork.Numbers(network.Class.StateSize, 6);

    /// <summary>Compares bits.</summary>
    public void ShouldHaveTheBitsOf(Gradients expected, string what)
    {
        Bits.ShouldBeSame(Parameters, expected.Parameters, $"{what}: parameters");
        Bits.ShouldBeSame(State, expected.State, $"{what}: state");
        Bits.ShouldBeSame(Inputs, expected.Inputs, $"{what}: inputs");
    }

    /// <summary>Runs a sequence forward and backward.</summary>
    public static Gradients Of(
        CompiledNetwork network, int steps, InstructionSet instructionSet, IReadOnlyList<float>? parameters = null, bool withInputs = true)
    {
        using Network compiled = network.Class.Create(network.Parameters(), instructionSet);
        return Of(compiled, network, network.Inputs(steps), steps, parameters, withInputs);
    }

    /// <summary>Runs a sequence forward and backward.</summary>
    public static Gradients Of(
        Network compiled, CompiledNetwork network, float[] inputs, int steps, IReadOnlyList<float>? parameters = null, bool withInputs = true)
    {
        float[] tape = new float[network.Class.TapeSize(steps)];
        compiled.Forward(inputs, network.State(), new float[steps * network.Class.OutputSize], tape);

        float[] parameterGradients = parameters?.ToArray() ?? new float[network.Class.ParameterCount];
        float[] stateGradients = StateWeights(network);
        float[] inputGradients = new float[withInputs ? inputs.Length : 0];
        inputGradients.AsSpan().Fill(float.NaN);
        compiled.Backward(OutputWeights(network, steps), stateGradients, tape, parameterGradients, inputGradients);
        return new Gradients(parameterGradients, stateGradients, inputGradients);
    }
}
