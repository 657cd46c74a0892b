using System;
using System.Globalization;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>
/// -log softmax(logits)[class], for targets that are indices of classes: PyTorch's <c>nn.CrossEntropyLoss</c>. The network's outputs are the
/// logits: its last layer has one linear output for each class.
/// </summary>
/// <remarks>
/// The loss is Σ wₜ costₜ / Σ wₜ v[yₜ] over the scored time steps whose class yₜ is not ignored, wₜ being their weights and v those of the
/// classes; where that divisor is 0 it is 0. costₜ = (1 - ε) v[yₜ] (-log pₜ[yₜ]) + ε / C Σ_c v[c] (-log pₜ[c]), with ε the label smoothing
/// (Szegedy et al. 2016) and C the number of classes. Logits of any finite size neither overflow nor lose the loss.
/// </remarks>
public sealed class CrossEntropyLoss : Loss
{
    /// <summary>ε, the part of a target that is spread over all classes alike; 0, the default, to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double LabelSmoothing
    {
        get;
        init => field = Ranges.Portion(value);
    }

    /// <summary>A class index that marks time steps which do not count, such as padding: often -100 in PyTorch. By default there is none.</summary>
    public int? IgnoredIndex { get; init; }

    /// <summary>v, [OutputSize]: how much a step of each class counts; finite, at least 0. Empty, the default: 1 for each.</summary>
    /// <exception cref="ArgumentException">A weight is outside its range.</exception>
    public ReadOnlyMemory<float> ClassWeights
    {
        get;
        init => field = Ranges.FiniteAtLeastZero(value);
    }

    /// <inheritdoc/>
    protected override double Score(in ScoredSteps scored, Span<float> gradients)
    {
        int classCount = scored.OutputSize;
        ReadOnlySpan<float> classWeights = ClassWeights.Span;
        double divisor = 0;
        for (int row = 0; row < scored.Count; row++)
        {
            int target = scored.Classes[row];
            double classWeight = target == IgnoredIndex ? 0 : classWeights.IsEmpty ? 1 : classWeights[target];
            divisor += scored.Weights.IsEmpty ? classWeight : classWeight * scored.Weights[row];
        }

        double sum = 0;
        for (int row = 0; row < scored.Count; row++)
        {
            int target = scored.Classes[row];
            double weight = scored.Weights.IsEmpty ? 1 : scored.Weights[row];
            Span<float> g = gradients.Slice(row * classCount, classCount);
            if (divisor == 0 || weight == 0 || target == IgnoredIndex)
            {
                g.Clear();
            }
            else
            {
                weight /= divisor;
                sum += weight * Row(scored.Outputs.Slice(row * classCount, classCount), target, classWeights, (float)weight, g);
            }
        }

        return sum;
    }

    /// <inheritdoc/>
    protected override string? Mismatch(in TrainingSequence sequence, int scoredSteps, int outputSize)
    {
        if (!sequence.Targets.IsEmpty)
        {
            return $"has targets that are floats; class indices are wanted, for {nameof(CrossEntropyLoss)}";
        }

        if (!ClassWeights.IsEmpty && ClassWeights.Length != outputSize)
        {
            return string.Create(CultureInfo.InvariantCulture, $"meets {outputSize} outputs; {ClassWeights.Length} are wanted, one for each class weight");
        }

        ReadOnlySpan<int> classes = sequence.Classes.Span;
        if (classes.Length != scoredSteps)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has {classes.Length} classes; {Boundary.Are(scoredSteps)} wanted, one for each scored time step");
        }

        for (int i = 0; i < classes.Length; i++)
        {
            if ((uint)classes[i] >= (uint)outputSize && classes[i] != IgnoredIndex)
            {
                return string.Create(CultureInfo.InvariantCulture, $"has class {classes[i]} at [{i}]; 0 to {outputSize - 1} is wanted");
            }
        }

        return null;
    }

    /// <summary>One row's cost, and its gradient times a scale.</summary>
    private double Row(ReadOnlySpan<float> logits, int target, ReadOnlySpan<float> classWeights, float scale, Span<float> gradients)
    {
        // log softmax(x)[c] = (x[c] - m) - log(sum(exp(x - m))) for every m; with the maximum nothing overflows, and the sum is at least 1.
        float maximum = TensorPrimitives.Max(logits);
        double targetLogit = (double)logits[target] - maximum;
        TensorPrimitives.Subtract(logits, maximum, gradients);
        double spread = LabelSmoothing / logits.Length;
        double spreadLogits = 0;
        double spreadWeight = 0;
        if (spread > 0)
        {
            spreadLogits = spread * (classWeights.IsEmpty ? Sums.Of(gradients) : Sums.OfProducts(gradients, classWeights));
            spreadWeight = spread * (classWeights.IsEmpty ? logits.Length : Sums.Of(classWeights));
        }

        TensorPrimitives.Exp(gradients, gradients);
        float sum = Sums.Of(gradients);
        double targetWeight = (1 - LabelSmoothing) * (classWeights.IsEmpty ? 1 : classWeights[target]);
        double weight = targetWeight + spreadWeight;
        TensorPrimitives.Multiply(gradients, (float)(weight * scale / sum), gradients);
        gradients[target] -= (float)(targetWeight * scale);
        if (classWeights.IsEmpty && spread > 0)
        {
            TensorPrimitives.Subtract(gradients, (float)(spread * scale), gradients);
        }
        else if (spread > 0)
        {
            TensorPrimitives.MultiplyAdd(classWeights, (float)(-spread * scale), gradients, gradients);
        }

        return weight * Math.Log(sum) - targetWeight * targetLogit - spreadLogits;
    }
}
