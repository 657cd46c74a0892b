using System;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

public class TrainingOptionsTests
{
    public static TheoryData<Func<TrainingOptions>, string> OutsideTheirRanges => new()
    {
        { () => new TrainingOptions { Epochs = 0 }, "Epochs is 0; at least 1 is wanted." },
        { () => new TrainingOptions { BatchSize = -3 }, "BatchSize is -3; at least 1 is wanted." },
        { () => new TrainingOptions { LearningRate = -0.5 }, "LearningRate is -0.5; a finite number of at least 0 is wanted." },
        { () => new TrainingOptions { LearningRate = double.NaN }, "LearningRate is NaN; a finite number of at least 0 is wanted." },
        { () => new TrainingOptions { LearningRate = double.PositiveInfinity }, "LearningRate is Infinity; a finite number of at least 0 is wanted." },
        { () => new TrainingOptions { ClipNorm = 0 }, "ClipNorm is 0; a number above 0 is wanted." },
        { () => new TrainingOptions { ClipValue = 0 }, "ClipValue is 0; a number above 0 is wanted." },
        { () => new TrainingOptions { AverageDecay = 1 }, "AverageDecay is 1; at least 0 and below 1 is wanted." },
        { () => new TrainingOptions { ClipNorm = double.NaN }, "ClipNorm is NaN; a number above 0 is wanted." },
        { () => new TrainingOptions { Threads = 0 }, "Threads is 0; at least 1 is wanted." },
        { () => new TrainingOptions { GroupSize = 0 }, "GroupSize is 0; at least 1 is wanted." },
        { () => new TrainingOptions { ValidationFraction = 1 }, "ValidationFraction is 1; at least 0 and below 1 is wanted." },
        { () => new TrainingOptions { Patience = 0 }, "Patience is 0; at least 1 is wanted." },
        { () => new TrainingOptions { MinimumImprovement = -1 }, "MinimumImprovement is -1; a finite number of at least 0 is wanted." },
        { () => new TrainingOptions { ShuffleSize = 0 }, "ShuffleSize is 0; at least 1 is wanted." },
        { () => new TrainingOptions { CheckpointBatches = -1 }, "CheckpointBatches is -1; at least 0 is wanted." },
        { () => new TrainingOptions { TruncatedSteps = 0 }, "TruncatedSteps is 0; at least 1 is wanted." },
        { () => new TrainingOptions { InitialStateDeviation = -1 }, "InitialStateDeviation is -1; a finite number of at least 0 is wanted." },
        { () => new TrainingOptions { TapeBytes = 3 }, "TapeBytes is 3; at least 4 is wanted." },
    };

    [Theory]
    [MemberData(nameof(OutsideTheirRanges))]
    public void A_value_outside_its_range_is_refused_where_it_is_set(Func<TrainingOptions> set, string message)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => set()).Message.ShouldStartWith(message);
    }

    [Fact]
    public void A_copy_keeps_what_it_does_not_change()
    {
        TrainingOptions options = new() { Epochs = 3, BatchSize = 4, LearningRate = 0.5, ClipNorm = double.PositiveInfinity, Seed = 9 };

        (options with { Epochs = 7 }).ShouldBe(new TrainingOptions { Epochs = 7, BatchSize = 4, LearningRate = 0.5, ClipNorm = double.PositiveInfinity, Seed = 9 });
    }
}
