using System;
using System.Buffers.Binary;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>Where a <see cref="Schedule"/> stands: all that its next learning rates depend on beside its settings.</summary>
/// <param name="LearningRate">The learning rate of the next step.</param>
/// <param name="Time">How often the schedule has moved on: steps, or epochs.</param>
/// <param name="WarmUpTime">How often the warm-up in front of it has.</param>
/// <param name="BestLoss">The lowest loss so far, for <see cref="PlateauSchedule"/>.</param>
/// <param name="WorseEpochs">Epochs since then.</param>
/// <param name="CooldownEpochs">Epochs that are still not counted.</param>
public readonly record struct ScheduleState(double LearningRate, long Time, long WarmUpTime, double BestLoss, int WorseEpochs, int CooldownEpochs)
{
    /// <summary>Bytes of what <see cref="Save"/> writes.</summary>
    public const int Size = 40;

    /// <summary>Writes the state.</summary>
    /// <param name="bytes">Receives <see cref="Size"/> bytes, the same on every machine.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void Save(Span<byte> bytes)
    {
        CheckSize(bytes.Length);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, LearningRate);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Time);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], WarmUpTime);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[24..], BestLoss);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], WorseEpochs);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[36..], CooldownEpochs);
    }

    /// <summary>Reads a state.</summary>
    /// <param name="bytes">What <see cref="Save"/> has written.</param>
    /// <returns>The same state, bit by bit.</returns>
    /// <exception cref="ArgumentException">The length does not fit, or the bytes are no state.</exception>
    public static ScheduleState Load(ReadOnlySpan<byte> bytes)
    {
        CheckSize(bytes.Length);
        ScheduleState state = new(
            BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadDoubleLittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]));
        return state is { LearningRate: >= 0 and < double.PositiveInfinity, Time: >= 0, WarmUpTime: >= 0, WorseEpochs: >= 0, CooldownEpochs: >= 0 }
            ? state
            : throw new ArgumentException($"The bytes are of {state}; a learning rate and numbers of at least 0 are wanted.", nameof(bytes));
    }

    private static void CheckSize(int given)
    {
        if (given != Size)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {given} bytes; {Size} are wanted."), "bytes");
        }
    }
}
