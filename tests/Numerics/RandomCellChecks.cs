using System;
using System.Linq;

namespace Recurrent.Tests.Numerics;

/// <summary>What holds for every network, however odd its equations.</summary>
internal static class RandomCellChecks
{
    /// <summary>Sums of random terms cancel; the error is one of the terms'.</summary>
    private const double Tolerance = 2e-5;

    /// <summary>How much further floats may be from the equations than equations are from themselves where every number is moved by about a float's rounding.</summary>
    private const double Amplification = 100;

    /// <summary>Holds outputs and states to the equations. Where those jump, or magnify what they read, floats may be as far away as that tells.</summary>
    public static void Values(CompiledNetwork network, int steps)
    {
        double[] inputs = Bits.ToDouble(network.Inputs(steps));
        double[] parameters = Bits.ToDouble(network.Parameters());
        double[] state = Bits.ToDouble(network.State());
        double[][] expected = Trajectory(network, inputs, parameters, state);
        double[][][] moved = [.. Enumerable.Range(0, 3).Select(seed => Trajectory(network, Move(inputs, seed), Move(parameters, seed), Move(state, seed)))];
        foreach ((int step, float[] output, float[] after) in ForwardTests.Trajectory(network, InstructionSet.Scalar, steps))
        {
            double away = moved.Max(other => other[step].Zip(expected[step], (a, b) => Math.Abs(a - b)).Max());
            Bits.ShouldBeNear([.. output, .. after], expected[step], Tolerance + (Amplification * away), $"step {step}: output and state");
        }
    }

    /// <summary>Holds every way forward to the bits of single steps, on every instruction set.</summary>
    public static void ForwardBits(CompiledNetwork network, int steps)
    {
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            ForwardTests.CheckSequence(network, steps, instructionSet);
            ForwardTests.CheckStreams(network, Math.Min(5, steps), instructionSet);
        }
    }

    /// <summary>Holds gradients to the bits of the scalar kernels, on every instruction set, with and without those of inputs.</summary>
    public static void BackwardBits(CompiledNetwork network, int steps)
    {
        Gradients scalar = Gradients.Of(network, steps, InstructionSet.Scalar);
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            Gradients.Of(network, steps, instructionSet).ShouldHaveTheBitsOf(scalar, $"{instructionSet}");
            Gradients.Of(network, steps, instructionSet, withInputs: false).ShouldHaveTheBitsOf(scalar with { Inputs = [] }, $"{instructionSet}, without those of inputs");
        }
    }

    /// <summary>The output of each step and the state after it.</summary>
    private static double[][] Trajectory(CompiledNetwork network, double[] inputs, double[] parameters, double[] start)
    {
        double[] state = [.. start];
        BoundNetwork equations = network.Equations.Bind(parameters);
        return [.. inputs.Chunk(network.Class.InputSize).Select(input => (double[])[.. equations.Step(input, state), .. state])];
    }

    private static double[] Move(double[] values, int seed)
    {
        Random random = new(seed);
        return [.. values.Select(value => value + (1e-7 * ((2 * random.NextDouble()) - 1)))];
    }
}
