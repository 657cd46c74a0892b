using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>What is recurrent dropout's own among what training leaves to chance; the rest holds it to the equations with its masks: <see cref="RandomMaskTests"/>.</summary>
public class RecurrentDropoutTests
{
    private const ulong Seed = 0xFEDCBA9876543210;
    private const int Steps = 36;

    public static TheoryData<string> Without => new(RandomMasks.WithoutRecurrentDropout.Select(declaration => declaration.Name));

    [Fact]
    public void A_mask_that_is_drawn_once_is_in_every_time_step_that_of_the_first()
    {
        const int Length = 7;
        const int Stride = 10;
        float[] once = new float[Length];
        Masks.Draw(once, 0, 1, Length, Length, 0.5, 0, 2, Seed, 4);
        foreach (int steps in (int[])[0, 1, 3])
        {
            float[] tape = [.. Enumerable.Repeat(-1f, 4 * Stride)];
            Masks.DrawOnce(tape, 2, steps, Stride, Length, 0.5, 0, 2, Seed, 4);

            tape.ShouldBe(Enumerable.Range(0, tape.Length).Select(i => i % Stride is >= 2 and < 2 + Length && i / Stride < steps ? once[(i % Stride) - 2] : -1));
        }
    }

    [Fact]
    public void What_recurrent_dropout_drops_stays_dropped_and_differs_between_seeds_levels_and_directions()
    {
        const int Seeds = 20;
        CompiledNetwork network = RandomMasks.Get(RandomMasks.Shown.Name);
        float[] parameters = new float[network.Class.ParameterCount];
        foreach (TensorInfo tensor in network.Class.Parameters)
        {
            for (int i = 0; i < tensor.Shape.Rows; i++)
            {
                parameters[tensor.Offset + (i * tensor.Shape.Columns) + i] = 1;
            }
        }

        using Network compiled = network.Class.Create(parameters);
        float[][] sums = [.. Enumerable.Range(0, Seeds).Select(seed => Rows(Steps, seed)[0])];
        float kept = 1 / 0.75f;
        foreach (float[] row in Rows(Steps, 0).Concat(Rows(3, 0)))
        {
            row.ShouldBe(sums[0]);
        }

        // Where one mask alone is 0, the levels differ.
        sums.ShouldAllBe(row => row.All(sum => sum == 0 || sum == kept || sum == 2 * kept) && row.Contains(kept));
        sums.ShouldAllBe(row => !row.Take(64).SequenceEqual(row.Skip(64)));
        sums.Select(row => string.Join(' ', row)).ShouldBeUnique();

        // An element of a mask has the mean 1 and the variance 1/3; five standard deviations of the mean of all.
        (sums.Average(row => row.Average(sum => (double)sum)) / 2).ShouldBe(1, 5 * Math.Sqrt(1.0 / 3 / (Seeds * 256)));

        float[][] Rows(int steps, int seed)
        {
            float[] outputs = new float[steps * network.Class.OutputSize];
            float[] state = [.. Enumerable.Repeat(1f, network.Class.StateSize)];
            compiled.Forward(new float[steps * network.Class.InputSize], state, outputs, new float[network.Class.TapeSize(steps)], (ulong)seed);
            return [.. outputs.Chunk(network.Class.OutputSize)];
        }
    }

    [Theory]
    [MemberData(nameof(Without))]
    public void Recurrent_dropout_changes_no_bit_of_inference(string name)
    {
        CompiledNetwork without = RandomMasks.Get(name);
        CompiledNetwork with = RandomMasks.Get(name.Replace("Without", "", StringComparison.Ordinal));
        (float[] Outputs, float[] State) Run(CompiledNetwork network)
        {
            float[] state = without.State();
            float[] outputs = new float[Steps * without.Class.OutputSize];
            using Network compiled = network.Class.Create(without.Parameters());
            compiled.Run(without.Inputs(Steps), state, outputs);
            return (outputs, state);
        }

        Bits.ShouldBeSame(Run(with).Outputs, Run(without).Outputs, "outputs");
        Bits.ShouldBeSame(Run(with).State, Run(without).State, "state");
    }
}
