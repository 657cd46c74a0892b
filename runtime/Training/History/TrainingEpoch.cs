using System;

namespace Recurrent.Training;

/// <summary>How an epoch went.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The mean loss of the sequences trained on, each before the step it took part in.</param>
/// <param name="ValidationLoss">The mean loss, after the epoch, of the sequences that are not trained on; <see langword="null"/> where there are none.</param>
/// <param name="GradientNorm">The largest norm of a step's gradient, before clipping.</param>
/// <param name="LearningRate">The learning rate when the last step had been taken, before a schedule of epochs changes it.</param>
/// <param name="Duration">How long it took, of the time that this process has spent on it.</param>
/// <param name="IsBest">Whether its loss was lower than that of every epoch before, by <see cref="TrainingOptions.MinimumImprovement"/> or more.</param>
public readonly record struct TrainingEpoch(
    int Epoch, double Loss, double? ValidationLoss, double GradientNorm, double LearningRate, TimeSpan Duration, bool IsBest)
{
    /// <summary>The loss by which epochs are ranked: of validation where there is one, else of training.</summary>
    public double RankedLoss => ValidationLoss ?? Loss;
}
