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
        { new MeanSquaredErrorLoss(), [new(new float[4], new float[4])], "[0] has 4 targets; 6 are wanted (2 scored time steps of 3)." },
        { new MeanSquaredErrorLoss(), [GoodClasses], "[0] has class indices; targets that are floats are wanted, for MeanSquaredErrorLoss." },
        { new CrossEntropyLoss(), [GoodClasses, Good], "[1] has targets that are floats; class indices are wanted, for CrossEntropyLoss." },
        { new CrossEntropyLoss(), [new(new float[4], new int[3])], "[0] has 3 classes; 2 are wanted, one for each scored time step." },
        { new CrossEntropyLoss(), [new(new float[4], new[] { 2, 3 })], "[0] has class 3 at [1]; 0 to 2 is wanted." },
        { new CrossEntropyLoss { IgnoredIndex = 5 }, [new(new float[4], new[] { 5, 4 })], "[0] has class 4 at [1]; 0 to 2 is wanted." },
        { new CrossEntropyLoss { ClassWeights = new float[2] }, [GoodClasses], "[0] meets 3 outputs; 2 are wanted, one for each class weight." },
        { new MeanSquaredErrorLoss(), [Good with { ScoredSteps = 3 }], "[0] has 3 scored steps; 0 to 2 are wanted, for it has 2 time steps." },
        { new MeanSquaredErrorLoss(), [Good with { ScoredSteps = -1 }], "[0] has -1 scored steps; 0 to 2 are wanted, for it has 2 time steps." },
        { new MeanSquaredErrorLoss(), [Good with { ScoredSteps = 1 }], "[0] has 6 targets; 3 are wanted (1 scored time steps of 3)." },
        { new MeanSquaredErrorLoss(), [Good with { StepWeights = new float[3] }], "[0] has 3 step weights; 2 are wanted, one for each scored time step." },
        { new MeanSquaredErrorLoss(), [Good with { StepWeights = new[] { 0, -1f } }], "[0] has the step weight -1 at [1]; a finite number of at least 0 is wanted." },
        { new MeanSquaredErrorLoss(), [Good with { StepWeights = new[] { 0, float.NaN } }], "[0] has the step weight NaN at [1]; a finite number of at least 0 is wanted." },
        { new MeanSquaredErrorLoss(), [Good with { Weight = float.PositiveInfinity }], "[0] has the weight Infinity; a finite number is wanted." },
        { new MeanSquaredErrorLoss(), [Good with { InitialState = new float[2] }], "[0] has an initial state of 2 floats; 1 is wanted, or none." },
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
    public void A_sequence_begins_in_the_state_it_brings()
    {
        LeakyIntegrator network = LeakyIntegrator.Create(seed: 1);
        float[] inputs = Numbers.Random(12, seed: 1);
        float[] targets = Numbers.Random(9, seed: 2);
        float[] state = new float[1];
        network.Run(inputs.AsSpan(0, 6), state, new float[9]);
        TrainingSequence whole = new(inputs, targets) { ScoredSteps = 3 };
        TrainingSequence rest = new(inputs.AsMemory(6), targets) { InitialState = state };
        Trainer<LeakyIntegrator> trainer = new(network, new MeanSquaredErrorLoss());

        double loss = trainer.Evaluate([whole]);

        loss.ShouldNotBe(trainer.Evaluate([rest with { InitialState = default }]));
        trainer.Evaluate([rest]).ShouldBe(loss);
        trainer.TrainBatch([rest]).ShouldBe(loss);
    }

    [Fact]
    public void A_batch_divides_by_the_number_of_its_sequences_whatever_they_weigh()
    {
        Trainer<LeakyIntegrator> trainer = new(LeakyIntegrator.Create(seed: 1), new MeanSquaredErrorLoss());
        TrainingSequence[] sequences = [new(Numbers.Random(4, seed: 1), Numbers.Random(6, seed: 2)), new(Numbers.Random(8, seed: 3), Numbers.Random(12, seed: 4)) { Weight = 3 }];
        double first = trainer.Evaluate([sequences[0]]);
        double second = trainer.Evaluate([sequences[1] with { Weight = 1 }]);

        trainer.Evaluate(sequences).ShouldBe((first + 3 * second) / 2, 1e-6);
        trainer.TrainBatch(sequences).ShouldBe((first + 3 * second) / 2, 1e-6);
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
