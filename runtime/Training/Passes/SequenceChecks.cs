using System;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>What is checked of sequences before anything is trained on them.</summary>
internal static class SequenceChecks
{
    /// <summary>Checks that sequences fit a network and a loss.</summary>
    /// <typeparam name="TNetwork">The network's class.</typeparam>
    /// <param name="sequences">The sequences.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="parameterName">What the caller calls them.</param>
    /// <param name="source">Knows where each stands in what the caller gave; <see langword="null"/> where that is their order.</param>
    /// <returns>Time steps of the longest.</returns>
    /// <exception cref="ArgumentException">There is none, or one does not fit.</exception>
    public static int Longest<TNetwork>(ReadOnlySpan<TrainingSequence> sequences, Loss loss, string parameterName, SequenceSource? source = null)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        if (sequences.IsEmpty)
        {
            throw new ArgumentException("There are 0 sequences; at least 1 is wanted.", parameterName);
        }

        int longest = 0;
        for (int i = 0; i < sequences.Length; i++)
        {
            int length = sequences[i].Inputs.Length;
            int steps = length / TNetwork.InputSize;
            int stateLength = sequences[i].InitialState.Length;
            string? mismatch = length == 0 || length % TNetwork.InputSize != 0
                ? string.Create(CultureInfo.InvariantCulture, $"has {length} inputs; a multiple of {TNetwork.InputSize} is wanted, at least one time step")
                : stateLength != 0 && stateLength != TNetwork.StateSize
                ? string.Create(CultureInfo.InvariantCulture, $"has an initial state of {stateLength} floats; {Boundary.Are(TNetwork.StateSize)} wanted, or none")
                : loss.Misfit(sequences[i], steps, TNetwork.OutputSize);
            if (mismatch is not null)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"{parameterName}[{source?.PositionOf(i) ?? i}] {mismatch}."),
                    parameterName);
            }

            longest = Math.Max(longest, steps);
        }

        return longest;
    }

    /// <summary>The error of a sequence whose inputs the network refuses.</summary>
    public static ArgumentException Refused(string parameterName, long position, ArgumentException reason) => new(
        string.Create(CultureInfo.InvariantCulture, $"{parameterName}[{position}] is refused by the network: {reason.Message}"),
        parameterName,
        reason);
}
