using System;
using Recurrent.Training;

namespace Recurrent.Tests.Training.Optimizers;

/// <summary>An optimiser that a user could write: the sign of the sum of all gradients, times the learning rate.</summary>
internal sealed record SignDescentOptions : OptimizerOptions
{
    public override Optimizer Create(ReadOnlySpan<TensorInfo> parameters, double learningRate) => new SignDescent(this, parameters, learningRate);

    private sealed class SignDescent(SignDescentOptions options, ReadOnlySpan<TensorInfo> parameters, double learningRate)
        : Optimizer("sign", options, parameters, learningRate, moments: 1)
    {
        protected override void Update(in OptimizerBlock block)
        {
            Span<float> sums = block.Moment(0);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += block.Gradients[i];
                block.Parameters[i] -= (float)block.LearningRate * MathF.Sign(sums[i]);
            }
        }
    }
}
