using System;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

public class TrainingSequenceTests
{
    private static readonly TrainingSequence Good = new(new float[4], new float[6]);
    private static readonly TrainingSequence GoodClasses = new(new float[4], new int[2]);

    public static TheoryData<Loss, TrainingSequence[], string> Misfits => new()
    {
        { new MeanSquaredErrorLoss(), [], "There are 0 sequences; at least 1 is wanted." },
        { new MeanSquaredErrorLoss(), [Good, default], "[1] has 0 inputs; a multiple of 2 is wanted, at least one time step." },
        { new MeanSquaredErrorLoss(), [Good, Good, new(new float[5], new float[6])], "[2] has 5 inputs; a multiple of 2 is wanted, at least one time step." },
        { new MeanSquaredErrorLoss(), [new(new float[4], new float[4])], "[0] has 4 targets; 6 are wanted (2 time steps of 3 outputs)." },
        { new MeanSquaredErrorLoss(), [GoodClasses], "[0] has class indices; targets that are floats are wanted, for the mean squared error." },
        { new CrossEntropyLoss(), [GoodClasses, Good], "[1] has targets that are floats; class indices are wanted, for the cross-entropy." },
        { new CrossEntropyLoss(), [new(new float[4], new int[3])], "[0] has 3 classes; 2 are wanted, one for each time step." },
        { new CrossEntropyLoss(), [new(new float[4], new[] { 2, 3 })], "[0] has class 3 at [1]; 0 to 2 is wanted." },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void A_sequence_that_does_not_fit_is_named_before_anything_is_trained(Loss loss, TrainingSequence[] sequences, string message)
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 1);
        network.StepsOfForwards = [];
        Trainer<LeakyIntegrator> trainer = new(network, loss);
        string Named(string parameter) => message.StartsWith('[') ? parameter + message : message;

        Should.Throw<ArgumentException>(() => trainer.Train(sequences)).Message.ShouldStartWith(Named("sequences"));
        Should.Throw<ArgumentException>(() => trainer.Evaluate(sequences)).Message.ShouldStartWith(Named("sequences"));
        Should.Throw<ArgumentException>(() => trainer.TrainBatch(sequences)).Message.ShouldStartWith(Named("batch"));

        network.StepsOfForwards.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 1);
        Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss());

        Should.Throw<ArgumentNullException>(() => new Trainer<LeakyIntegrator>(null!, new MeanSquaredErrorLoss())).ParamName.ShouldBe("network");
        Should.Throw<ArgumentNullException>(() => new Trainer<LeakyIntegrator>(network, null!)).ParamName.ShouldBe("loss");
        Should.Throw<ArgumentNullException>(() => trainer.Train(null!)).ParamName.ShouldBe("sequences");
        Should.Throw<ArgumentNullException>(() => trainer.Evaluate(null!)).ParamName.ShouldBe("sequences");
    }
}
