using System;

namespace Recurrent.Training;

/// <summary>The network refuses the inputs of a sequence.</summary>
/// <param name="index">Which of the sequences at hand.</param>
/// <param name="reason">What the network says.</param>
internal sealed class RefusedSequenceException(int index, ArgumentException reason) : Exception(reason.Message, reason)
{
    /// <summary>Which of the sequences at hand.</summary>
    public int Index => index;

    /// <summary>What the network says.</summary>
    public ArgumentException Reason => reason;
}
