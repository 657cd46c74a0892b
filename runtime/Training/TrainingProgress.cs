namespace Recurrent.Training;

/// <summary>Where training stands after a batch.</summary>
/// <param name="Epoch">The epoch, from 1 to <paramref name="Epochs"/>.</param>
/// <param name="Epochs">How many epochs there are.</param>
/// <param name="Batch">The batch of the epoch, from 1 to <paramref name="Batches"/>.</param>
/// <param name="Batches">How many batches an epoch has.</param>
/// <param name="Loss">The mean loss of the batch's sequences, before the batch's step.</param>
/// <param name="GradientNorm">The norm of the batch's gradient, before clipping.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, int Batch, int Batches, double Loss, double GradientNorm);
