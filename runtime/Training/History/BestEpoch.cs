using System;

namespace Recurrent.Training;

/// <summary>The lowest loss of a run so far, and the weights that gave it.</summary>
internal sealed class BestEpoch
{
    private readonly double _minimumImprovement;

    /// <param name="minimumImprovement">By how much a loss must be lower to be better.</param>
    /// <param name="parameters">Floats of the weights to keep; 0 where they are not wanted.</param>
    public BestEpoch(double minimumImprovement, int parameters)
    {
        _minimumImprovement = minimumImprovement;
        Parameters = new float[parameters];
    }

    /// <summary>The loss; positive infinity while no loss was a number.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>Epochs since then.</summary>
    public int EpochsWithout { get; private set; }

    /// <summary>The weights, where they are kept.</summary>
    public float[] Parameters { get; }

    /// <summary>Whether there are weights to go back to.</summary>
    public bool HasParameters => Parameters.Length > 0 && Loss < double.PositiveInfinity;

    public void Clear() => Restore(double.PositiveInfinity, epochsWithout: 0);

    public void Restore(double loss, int epochsWithout)
    {
        Loss = loss;
        EpochsWithout = epochsWithout;
    }

    /// <summary>Takes the loss after an epoch, and says whether it is the best.</summary>
    public bool Take(double loss, ReadOnlySpan<float> parameters)
    {
        // No loss that is NaN or infinite is better than another.
        if (!(loss < double.PositiveInfinity && (Loss == double.PositiveInfinity || loss < Loss && loss <= Loss - _minimumImprovement)))
        {
            EpochsWithout++;
            return false;
        }

        Restore(loss, epochsWithout: 0);
        if (Parameters.Length > 0)
        {
            parameters.CopyTo(Parameters);
        }

        return true;
    }
}
