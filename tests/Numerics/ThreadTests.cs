using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>A network is immutable while it infers.</summary>
public class ThreadTests
{
    private const int Threads = 4;
    private const int Rounds = 8;
    private const int Steps = 70;

    public static TheoryData<string, InstructionSet> Several => Networks.Cross(Networks.Small.Concat(Networks.Stacks));

    [Theory]
    [MemberData(nameof(Several))]
    public async Task Four_threads_that_share_a_network_get_the_bits_that_one_thread_gets(string name, InstructionSet instructionSet)
    {
        CompiledNetwork network = Networks.Get(name);
        using Network compiled = network.Class.Create(network.Parameters(), instructionSet);
        float[][] inputs = Enumerable.Range(0, Threads).Select(thread => network.Inputs(Steps, seed: 20 + thread)).ToArray();
        (float[] Outputs, float[] State, Gradients Gradients)[] expected = inputs.Select(sequence => Compute(compiled, network, sequence)).ToArray();

        using Barrier start = new(Threads);
        Task[] tasks = Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (int round = 0; round < Rounds; round++)
                {
                    (float[] outputs, float[] state, Gradients gradients) = Compute(compiled, network, inputs[thread]);
                    Bits.ShouldBeSame(outputs, expected[thread].Outputs, "outputs");
                    Bits.ShouldBeSame(state, expected[thread].State, "state");
                    Bits.ShouldBeSame(gradients.Parameters, expected[thread].Gradients.Parameters, "parameter gradients");
                    Bits.ShouldBeSame(gradients.Inputs, expected[thread].Gradients.Inputs, "input gradients");
                    Bits.ShouldBeSame(gradients.State, expected[thread].Gradients.State, "state gradients");
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        await Task.WhenAll(tasks);
    }

    private static (float[] Outputs, float[] State, Gradients Gradients) Compute(Network compiled, CompiledNetwork network, float[] inputs)
    {
        NetworkClass shape = network.Class;
        float[] state = network.State();
        float[] outputs = new float[Steps * shape.OutputSize];
        int half = Steps / 2;
        compiled.Run(inputs.AsSpan(0, half * shape.InputSize), state, outputs.AsSpan(0, half * shape.OutputSize));
        for (int step = half; step < Steps; step++)
        {
            compiled.Step(inputs.AsSpan(step * shape.InputSize, shape.InputSize), state, outputs.AsSpan(step * shape.OutputSize, shape.OutputSize));
        }

        return (outputs, state, Gradients.Of(compiled, network, inputs, Steps));
    }
}
