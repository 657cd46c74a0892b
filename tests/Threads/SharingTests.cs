using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Recurrent.Tests.Numerics;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Threads;

/// <summary>Several threads share the rows of a network's large layers.</summary>
public class SharingTests
{
    /// <summary>What takes several time steps or streams at once takes up to 6.</summary>
    private const int Steps = 7;

    /// <summary>More than a kernel is called for at once where the input's products have a pass of their own.</summary>
    private const int Streams = 19;

    /// <summary>Layers that multiply by no matrix, by small ones, or, as the last one, by matrices of their own making.</summary>
    private static readonly Type[] WithoutLargeProducts =
    [
        typeof(BatchNormAttribute), typeof(CfcAttribute), typeof(LayerNormAttribute), typeof(PReluAttribute), typeof(SoftmaxAttribute), typeof(JordanAttribute), typeof(LtcAttribute),
    ];

    /// <summary>Networks with instruction sets and 2 to 4 threads in turn, so that each network has all of them.</summary>
    public static TheoryData<string, InstructionSet, int> InTurn
    {
        get
        {
            TheoryData<string, InstructionSet, int> rows = [];
            int turn = 0;
            foreach (NetworkDeclaration network in SharedNetworks.All.Where(network => SharedNetworks.IsShared(SharedNetworks.Get(network.Name))))
            {
                for (int i = 0; i < Math.Max(3, InstructionSets.Supported.Length); i++)
                {
                    rows.Add(network.Name, InstructionSets.Supported[i % InstructionSets.Supported.Length], 2 + (turn++ % 3));
                }
            }

            return rows;
        }
    }

    [Fact]
    public void Every_layer_of_many_rows_that_multiplies_by_many_weights_can_be_shared()
    {
        string[] alone = [.. SharedNetworks.All.Where(network => !SharedNetworks.IsShared(SharedNetworks.Get(network.Name))).Select(network => network.Name)];

        alone.ShouldBe(WithoutLargeProducts.Select(attribute => "Wide" + attribute.Name), ignoreOrder: true);
        SharedNetworks.IsShared(SharedNetworks.Get(SharedNetworks.Small.Name)).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(InTurn))]
    public void Several_threads_give_the_bits_that_one_gives(string name, InstructionSet instructionSet, int threads)
    {
        CompiledNetwork network = SharedNetworks.Get(name);
        using Network compiled = SharedNetworks.Create(network, instructionSet);
        float[] expected = Compute(compiled, network);

        compiled.DegreeOfParallelism = threads;

        Bits.ShouldBeSame(Compute(compiled, network), expected, "outputs and states");
    }

    [Fact]
    public async Task Four_callers_at_once_get_the_bits_that_one_gets()
    {
        CompiledNetwork network = SharedNetworks.Get("SharedStack");
        using Network compiled = SharedNetworks.Create(network, InstructionSets.Best);
        float[] expected = Compute(compiled, network);
        compiled.DegreeOfParallelism = 2;

        using Barrier start = new(4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (int round = 0; round < 3; round++)
                {
                    Bits.ShouldBeSame(Compute(compiled, network), expected, "outputs and states");
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    [Fact]
    public void A_caller_that_is_interrupted_finishes_its_step()
    {
        CompiledNetwork network = SharedNetworks.Get("SharedStack");
        using Network compiled = SharedNetworks.Create(network, InstructionSets.Best);
        float[] expected = Compute(compiled, network);
        compiled.DegreeOfParallelism = 3;
        float[] given = [];
        bool isInterrupted = false;

        Thread caller = new(() =>
        {
            Thread.CurrentThread.Interrupt();
            given = Compute(compiled, network);
            try
            {
                Thread.Sleep(0);
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        });
        caller.Start();
        caller.Join();

        Bits.ShouldBeSame(given, expected, "outputs and states");
        isInterrupted.ShouldBeTrue();
    }

    [Fact]
    public void A_network_that_has_been_disposed_starts_no_threads()
    {
        foreach (string name in new[] { "SharedStack", SharedNetworks.Small.Name })
        {
            Network compiled = SharedNetworks.Create(SharedNetworks.Get(name), InstructionSets.Best);
            compiled.DegreeOfParallelism = 2;
            compiled.Dispose();
            compiled.Dispose();

            Should.Throw<ObjectDisposedException>(() => compiled.DegreeOfParallelism = 3).ObjectName.ShouldBe(name);
        }
    }

    [Theory]
    [InlineData("SharedStack")]
    [InlineData("TooSmallToShare")]
    public void The_degree_of_parallelism_is_1_unless_set_and_from_1_to_64(string name)
    {
        using Network compiled = SharedNetworks.Create(SharedNetworks.Get(name), InstructionSets.Best);
        compiled.DegreeOfParallelism.ShouldBe(1);
        compiled.DegreeOfParallelism = 3;
        foreach (int wrong in new[] { int.MinValue, -1, 0, 65 })
        {
            ArgumentOutOfRangeException exception = Should.Throw<ArgumentOutOfRangeException>(() => compiled.DegreeOfParallelism = wrong);
            exception.Message.ShouldStartWith($"DegreeOfParallelism is {wrong.ToString(System.Globalization.CultureInfo.InvariantCulture)}; 1 to 64 is wanted.");
            exception.ParamName.ShouldBe("DegreeOfParallelism");
            compiled.DegreeOfParallelism.ShouldBe(3);
        }

        compiled.DegreeOfParallelism = 1;
        compiled.DegreeOfParallelism.ShouldBe(1);
    }

    /// <summary>Outputs and states of a sequence, of single steps behind it, and of a step of many streams.</summary>
    private static float[] Compute(Network compiled, CompiledNetwork network)
    {
        NetworkClass shape = network.Class;
        float[] inputs = Inputs(network);
        float[] state = network.State();
        float[] outputs = new float[Steps * shape.OutputSize];
        compiled.Run(inputs.AsSpan(0, Steps * shape.InputSize), state, outputs);
        if (!shape.IsStreaming)
        {
            return [.. outputs, .. state];
        }

        float[] output = new float[shape.OutputSize];
        for (int step = 0; step < 2; step++)
        {
            compiled.Step(inputs.AsSpan(step * shape.InputSize, shape.InputSize), state, output);
        }

        float[] states = [.. Enumerable.Range(0, Streams).SelectMany(stream => network.State(stream))];
        float[] many = new float[Streams * shape.OutputSize];
        compiled.StepMany(Streams, inputs, states, many);
        return [.. outputs, .. state, .. output, .. states, .. many];
    }

    private static float[] Inputs(CompiledNetwork network) =>
        network.Class.InputSize == 1 ? [.. Enumerable.Range(0, Streams).Select(step => (float)(step % 9))] : CompiledNetwork.Numbers(Streams * network.Class.InputSize, seed: 2);
}
