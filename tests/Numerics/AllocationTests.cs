using System;
using System.Linq;
using System.Threading;
using Recurrent.Tests.Threads;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>After the first calls nothing is allocated.</summary>
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    private const int Steps = 70;

    /// <summary>Of as many time steps together.</summary>
    private static readonly int[] Lengths = [20, 1, 30, 0, 19];

    public static TheoryData<string, InstructionSet> OnEveryInstructionSet => Networks.OnEveryInstructionSet;

    public static TheoryData<string, InstructionSet> PrecisionsOnEveryInstructionSet => Precisions.OnEveryInstructionSet;

    public static TheoryData<string, InstructionSet> AroundOnEveryInstructionSet => Networks.Cross(AroundLayers.All);

    [Theory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void Inference_and_training_allocate_nothing(string name, InstructionSet instructionSet) => Check(Networks.Get(name), instructionSet);

    [Theory]
    [MemberData(nameof(AroundOnEveryInstructionSet))]
    public void Sequences_between_layers_allocate_nothing_once_they_have_run(string name, InstructionSet instructionSet) =>
        Check(AroundLayers.Get(name), instructionSet);

    [Theory]
    [MemberData(nameof(PrecisionsOnEveryInstructionSet))]
    public void Weights_in_fewer_bytes_allocate_nothing(string name, InstructionSet instructionSet) => Check(Precisions.Get(name), instructionSet);

    [Theory]
    [InlineData("SharedStack")]
    [InlineData("SharedInt8")]
    public void Threads_that_share_a_step_allocate_nothing(string name)
    {
        CompiledNetwork network = SharedNetworks.Get(name);
        NetworkClass shape = network.Class;
        float[] inputs = CompiledNetwork.Numbers(shape.InputSize, seed: 2);
        float[] state = new float[shape.StateSize];
        float[] output = new float[shape.OutputSize];
        using Network compiled = SharedNetworks.Create(network, InstructionSets.Best);
        compiled.DegreeOfParallelism = 3;
        void Step()
        {
            compiled.Step(inputs, state, output);
            compiled.Run(inputs, state, output);
            compiled.StepMany(1, inputs, state, output);
        }

        Step();

        // All threads are counted here, and the test runner's may allocate something now and then.
        Enumerable.Range(0, 20).Min(_ =>
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Step();
            Thread.Sleep(1); // Parks the threads.
            Step();
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }).ShouldBe(0);
    }

    private static void Check(CompiledNetwork network, InstructionSet instructionSet)
    {
        NetworkClass shape = network.Class;
        float[] parameters = network.Parameters();
        float[] inputs = network.Inputs(Steps);
        float[] states = new float[Steps * shape.StateSize];
        float[] outputs = new float[Steps * shape.OutputSize];
        float[] tape = new float[shape.TapeSize(Steps)];
        float[] outputGradients = Gradients.OutputWeights(network, Steps);
        float[] parameterGradients = new float[shape.ParameterCount];
        float[] inputGradients = new float[inputs.Length];
        using Network compiled = shape.Create(parameters, instructionSet);

        if (shape.IsStreaming)
        {
            Measure(() => compiled.Step(inputs.AsSpan(0, shape.InputSize), states.AsSpan(0, shape.StateSize), outputs.AsSpan(0, shape.OutputSize))).ShouldBe(0, "Step");
            Measure(() => compiled.StepMany(Steps, inputs, states, outputs)).ShouldBe(0, "StepMany");
        }

        Measure(() => compiled.Run(inputs, states.AsSpan(0, shape.StateSize), outputs)).ShouldBe(0, "Run");
        Measure(() => compiled.Forward(inputs, states.AsSpan(0, shape.StateSize), outputs, tape)).ShouldBe(0, "Forward");
        Measure(() => compiled.Backward(outputGradients, states.AsSpan(0, shape.StateSize), tape, parameterGradients, inputGradients)).ShouldBe(0, "Backward");
        Measure(() => compiled.ForwardMany(Lengths, inputs, states.AsSpan(0, Lengths.Length * shape.StateSize), outputs, tape, [])).ShouldBe(0, "ForwardMany");
        Measure(() => compiled.BackwardMany(Lengths, outputGradients, states.AsSpan(0, Lengths.Length * shape.StateSize), tape, parameterGradients, inputGradients))
            .ShouldBe(0, "BackwardMany");
        Measure(() => compiled.StartState(states.AsSpan(0, shape.StateSize))).ShouldBe(0, "StartState");
        Measure(() => compiled.BackwardStart(states.AsSpan(0, shape.StateSize), parameterGradients)).ShouldBe(0, "BackwardStart");
        Measure(() => compiled.SetParameters(parameters)).ShouldBe(0, "SetParameters");
    }

    private static long Measure(Action call)
    {
        call();
        call();
        long before = GC.GetAllocatedBytesForCurrentThread();
        call();
        call();
        call();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}

/// <summary>Buffers come from a pool that all threads share: another test could take the one that a measured call gave back.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public class AllocationTestsRunAlone;
