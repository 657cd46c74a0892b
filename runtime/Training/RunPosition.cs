using System;

namespace Recurrent.Training;

/// <summary>Where a call of <c>Train</c> stands: with the weights, the optimiser and the random numbers it determines all that follows.</summary>
internal sealed class RunPosition
{
    /// <summary>Whether a call has begun and not come to its end.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>Whether the call is to end after the batch at hand.</summary>
    public bool IsStopped { get; set; }

    /// <summary>What the call trains on.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>Epochs that have ended.</summary>
    public int Epoch { get; set; }

    /// <summary>Batches of the epoch that have been trained on.</summary>
    public int Batch { get; set; }

    /// <summary>Windows of the batch behind those that have been trained on, where sequences are cut into windows.</summary>
    public int Window { get; set; }

    /// <summary>The random numbers that decide the order of the epoch.</summary>
    public SplitMix64 Order { get; set; }

    /// <summary>The sum of the losses of the epoch's sequences so far.</summary>
    public double LossSum { get; set; }

    /// <summary>How many those were.</summary>
    public long Sequences { get; set; }

    /// <summary>The largest norm of a gradient in the epoch so far.</summary>
    public double GradientNorm { get; set; }

    /// <summary>Time spent on the epoch so far.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Begins a call.</summary>
    public void Begin(string fingerprint, SplitMix64 order)
    {
        IsUnderWay = true;
        IsStopped = false;
        Fingerprint = fingerprint;
        Epoch = 0;
        BeginEpoch(order);
    }

    /// <summary>Goes on to the epoch behind this one.</summary>
    public void EndEpoch(SplitMix64 order)
    {
        Epoch++;
        BeginEpoch(order);
    }

    private void BeginEpoch(SplitMix64 order)
    {
        Order = order;
        Batch = 0;
        Window = 0;
        LossSum = 0;
        Sequences = 0;
        GradientNorm = 0;
        Duration = TimeSpan.Zero;
    }
}
