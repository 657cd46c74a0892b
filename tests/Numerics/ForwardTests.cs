using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>
/// Outputs and states against the equations in double precision, and bits across instruction sets and modes.
/// </summary>
public class ForwardTests
{
    private const int Steps = 6;

    public static TheoryData<string, InstructionSet> OnEveryInstructionSet => Networks.OnEveryInstructionSet;

    /// <summary>More time steps than any pass takes at once, and the numbers around its chunks, on networks of several layers.</summary>
    public static TheoryData<string, int, InstructionSet> Lengths
    {
        get
        {
            TheoryData<string, int, InstructionSet> rows = [];
            foreach (NetworkDeclaration network in Networks.Stacks.Concat(Networks.Single.Where((_, i) => i % 8 == 3)))
            {
                foreach (int steps in (int[])[0, 1, 64, 65, 130])
                {
                    foreach (InstructionSet instructionSet in InstructionSets.Supported)
                    {
                        rows.Add(network.Name, steps, instructionSet);
                    }
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void Steps_give_what_the_equations_give(string name, InstructionSet instructionSet)
    {
        CompiledNetwork network = Networks.Get(name);
        float[] inputs = network.Inputs(Steps);
        double[] state = Bits.ToDouble(network.State());
        BoundNetwork equations = network.Equations.Bind(Bits.ToDouble(network.Parameters()));

        foreach ((int step, float[] output, float[] after) in Trajectory(network, instructionSet, Steps))
        {
            ReadOnlySpan<float> input = inputs.AsSpan(step * network.Class.InputSize, network.Class.InputSize);
            double[] expected = equations.Step(Bits.ToDouble(input), state);
            Bits.ShouldBeNear(output, expected, network.Tolerance, $"step {step}: output");
            Bits.ShouldBeNear(after, state, network.Tolerance, $"step {step}: state");
        }
    }

    [Theory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void A_step_has_the_same_bits_on_every_instruction_set(string name, InstructionSet instructionSet)
    {
        CompiledNetwork network = Networks.Get(name);
        Bits.ShouldBeSame(
            Outputs(Trajectory(network, instructionSet, Steps)), Outputs(Trajectory(network, InstructionSet.Scalar, Steps)), "outputs");
        Bits.ShouldBeSame(
            States(Trajectory(network, instructionSet, Steps)), States(Trajectory(network, InstructionSet.Scalar, Steps)), "states");
    }

    [Theory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void StepMany_gives_every_stream_the_bits_of_its_own_step(string name, InstructionSet instructionSet)
    {
        foreach (int streams in (int[])[0, 1, 5, Steps])
        {
            CheckStreams(Networks.Get(name), streams, instructionSet);
        }
    }

    [Theory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void Run_and_Forward_give_the_bits_of_single_steps(string name, InstructionSet instructionSet) =>
        CheckSequence(Networks.Get(name), Steps, instructionSet);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Run_and_Forward_give_the_bits_of_single_steps_at_every_length(string name, int steps, InstructionSet instructionSet) =>
        CheckSequence(Networks.Get(name), steps, instructionSet);

    /// <summary>Holds StepMany to single steps: each step of a sequence, with the state before it, serves as a stream.</summary>
    internal static void CheckStreams(CompiledNetwork network, int streams, InstructionSet instructionSet)
    {
        List<(int Step, float[] Output, float[] State)> trajectory = Trajectory(network, InstructionSet.Scalar, streams);
        float[] states = [.. network.State(), .. States(trajectory)];
        states = states[..(streams * network.Class.StateSize)];
        float[] outputs = new float[streams * network.Class.OutputSize];
        using Network compiled = network.Class.Create(network.Parameters(), instructionSet);
        compiled.StepMany(streams, network.Inputs(streams), states, outputs);

        Bits.ShouldBeSame(outputs, Outputs(trajectory.Take(streams)), $"{streams} streams: outputs");
        Bits.ShouldBeSame(states, States(trajectory.Take(streams)), $"{streams} streams: states");
    }

    /// <summary>Holds Run and Forward to single steps.</summary>
    internal static void CheckSequence(CompiledNetwork network, int steps, InstructionSet instructionSet)
    {
        List<(int Step, float[] Output, float[] State)> trajectory = Trajectory(network, InstructionSet.Scalar, steps);
        float[] finalState = steps == 0 ? network.State() : trajectory[^1].State;
        using Network compiled = network.Class.Create(network.Parameters(), instructionSet);

        float[] state = network.State();
        float[] outputs = new float[steps * network.Class.OutputSize];
        compiled.Run(network.Inputs(steps), state, outputs);
        Bits.ShouldBeSame(outputs, Outputs(trajectory), "Run: outputs");
        Bits.ShouldBeSame(state, finalState, "Run: state");

        state = network.State();
        outputs.AsSpan().Clear();
        compiled.Forward(network.Inputs(steps), state, outputs, new float[network.Class.TapeSize(steps)]);
        Bits.ShouldBeSame(outputs, Outputs(trajectory), "Forward: outputs");
        Bits.ShouldBeSame(state, finalState, "Forward: state");
    }

    /// <summary>The output of each step, and the state after it.</summary>
    internal static List<(int Step, float[] Output, float[] State)> Trajectory(CompiledNetwork network, InstructionSet instructionSet, int steps)
    {
        using Network compiled = network.Class.Create(network.Parameters(), instructionSet);
        float[] inputs = network.Inputs(steps);
        float[] state = network.State();
        List<(int, float[], float[])> trajectory = [];
        for (int step = 0; step < steps; step++)
        {
            float[] output = new float[network.Class.OutputSize];
            compiled.Step(inputs.AsSpan(step * network.Class.InputSize, network.Class.InputSize), state, output);
            trajectory.Add((step, output, [.. state]));
        }

        return trajectory;
    }

    private static float[] Outputs(IEnumerable<(int Step, float[] Output, float[] State)> trajectory) => trajectory.SelectMany(row => row.Output).ToArray();

    private static float[] States(IEnumerable<(int Step, float[] Output, float[] State)> trajectory) => trajectory.SelectMany(row => row.State).ToArray();
}
