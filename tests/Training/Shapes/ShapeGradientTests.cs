using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Shapes;

/// <summary>
/// Gradients by every parameter, input and number of the initial state, for every loss and every shape of a task, against finite differences of the
/// equations and of the loss's definition in double precision.
/// </summary>
public class ShapeGradientTests
{
    /// <summary>Floats against doubles; relative to the largest gradient of the same kind where a gradient is less than 1 % of that.</summary>
    private const double Tolerance = 1e-3;

    private static readonly IReadOnlyList<TaskShape> Shapes =
    [
        new TaskShape<LstmStack>("one to one", steps: 1, scoredSteps: 1),
        new TaskShape<LstmStack>("many to one", steps: 4, scoredSteps: 1),
        new TaskShape<GruBothWays>("many to one, both ways", steps: 4, scoredSteps: 1),
        new TaskShape<LstmStack>("many to many", steps: 4, scoredSteps: 4),
        new TaskShape<GruBothWays>("many to many, both ways", steps: 4, scoredSteps: 4),
        new TaskShape<LstmStack>("many to many, behind a beginning", steps: 5, scoredSteps: 3),
        new LearnedShape("many to many, from a learned beginning", steps: 4),
        new PairShape("encoder and decoder", encoderSteps: 3, decoderSteps: 4),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (TaskShape shape in Shapes)
            {
                foreach (LossCase loss in LossCase.All)
                {
                    cases.Add(shape.Name, loss.Name);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_are_those_of_finite_differences(string shapeName, string lossName)
    {
        TaskShape shape = Shapes.Single(shape => shape.Name == shapeName);
        LossCase loss = LossCase.All.Single(loss => loss.Name == lossName);
        TrainingSequence sequence = loss.Targets(shape.ScoredSteps) with { ScoredSteps = shape.ScoredSteps };

        (float[] byParameters, float[] byInputs, float[] byState) = shape.Gradients(loss.Loss, sequence);

        (double[] Parameters, double[] Inputs, double[] State) slopes = shape.Slopes(outputs => loss.Definition(outputs, sequence));
        ShouldBe(byParameters, slopes.Parameters, "parameter");
        ShouldBe(byInputs, slopes.Inputs, "input");
        if (shape.State.Length > 0)
        {
            ShouldBe(byState, slopes.State, "initial state");
        }
    }

    private static void ShouldBe(float[] gradients, double[] slopes, string what)
    {
        double largest = slopes.Max(Math.Abs);
        largest.ShouldBeGreaterThan(0, what);
        for (int i = 0; i < slopes.Length; i++)
        {
            ((double)gradients[i]).ShouldBe(slopes[i], Tolerance * Math.Max(Math.Abs(slopes[i]), 0.01 * largest), $"{what} {i} of {slopes.Length}");
        }
    }
}
