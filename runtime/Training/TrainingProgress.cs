namespace Recurrent.Training;

/// <summary>Where training stands after a step of the optimiser: after a batch, or a window of one.</summary>
/// <param name="Epoch">The epoch, from 1 to <paramref name="Epochs"/>.</param>
/// <param name="Epochs">How many epochs there are.</param>
/// <param name="Batch">The batch of the epoch, from 1.</param>
/// <param name="Batches">How many batches an epoch has; 0 where they are enumerated, and it shows only in the end.</param>
/// <param name="Loss">The mean loss of the sequences that the step was taken on, before it: those of the batch, or what a window has of them.</param>
/// <param name="GradientNorm">The norm of the step's gradient, before clipping.</param>
/// <param name="Window">The window of the batch, from 1 to <paramref name="Windows"/>.</param>
/// <param name="Windows">How many windows the batch has; 1 where there are no <see cref="TrainingOptions.TruncatedSteps"/>.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, int Batch, int Batches, double Loss, double GradientNorm, int Window = 1, int Windows = 1);
