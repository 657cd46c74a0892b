using System;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Optimizers;

public class MovingAverageTests
{
    [Fact]
    public void The_first_update_takes_the_parameters_and_others_mix_them_in()
    {
        MovingAverage average = new(2, decay: 0.75);

        average.Update([8, -1]);
        average.Parameters.ToArray().ShouldBe([8, -1]);
        average.Update([0, 3]);
        average.Parameters.ToArray().ShouldBe([6, 0]);
        average.Update([2, 4]);

        average.Parameters.ToArray().ShouldBe([5, 1]);
        average.Updates.ShouldBe(3);
    }

    [Fact]
    public void From_a_saved_state_it_goes_on_with_the_same_bits()
    {
        MovingAverage average = new(100, 0.9);
        average.Update(Numbers.Random(100, seed: 1));
        average.Update(Numbers.Random(100, seed: 2));
        byte[] state = new byte[average.StateSize];
        average.SaveState(state);
        MovingAverage other = new(100, 0.9);

        other.LoadState(state);

        other.Update(Numbers.Random(100, seed: 3));
        average.Update(Numbers.Random(100, seed: 3));
        other.Parameters.ToArray().ShouldBe(average.Parameters.ToArray());
        other.Updates.ShouldBe(3);
    }

    [Fact]
    public void An_update_allocates_nothing()
    {
        MovingAverage average = new(5000);
        float[] parameters = Numbers.Random(5000, seed: 1);
        average.Update(parameters);
        average.Update(parameters);
        long before = GC.GetAllocatedBytesForCurrentThread();

        average.Update(parameters);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        MovingAverage average = new(3);

        Should.Throw<ArgumentException>(() => average.Update(new float[2])).Message.ShouldStartWith("parameters has 2 floats; 3 are wanted.");
        Should.Throw<ArgumentException>(() => average.LoadState(new byte[4])).Message.ShouldStartWith("The state has 4 bytes; 20 are wanted for 3 parameters.");
        Should.Throw<ArgumentOutOfRangeException>(() => new MovingAverage(3, 1)).Message.ShouldStartWith("decay is 1; at least 0 and below 1 is wanted.");
    }
}
