using System;
using System.Buffers.Binary;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Recurrent.Training;

/// <summary>The epochs of a call of <c>Train</c>, first to last.</summary>
public sealed class TrainingHistory : IReadOnlyList<TrainingEpoch>
{
    private const string Header = "epoch,loss,validation_loss,gradient_norm,learning_rate,seconds,is_best";

    private readonly List<TrainingEpoch> _epochs;

    internal TrainingHistory(int capacity) => _epochs = new List<TrainingEpoch>(capacity);

    /// <summary>How many epochs have ended.</summary>
    public int Count => _epochs.Count;

    /// <summary>The epoch of the lowest <see cref="TrainingEpoch.RankedLoss"/>; <see langword="null"/> before the first has ended, or where no loss was a number.</summary>
    public TrainingEpoch? Best => _epochs.FindLastIndex(static epoch => epoch.IsBest) is >= 0 and int best ? _epochs[best] : null;

    /// <summary>An epoch.</summary>
    /// <param name="index">From 0.</param>
    public TrainingEpoch this[int index] => _epochs[index];

    /// <inheritdoc/>
    public IEnumerator<TrainingEpoch> GetEnumerator() => _epochs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// Writes a line for each epoch behind a line of names, with numbers that read back to the same bits: <c>epoch,loss,validation_loss,gradient_norm,learning_rate,seconds,is_best</c>.
    /// The third is empty where there is no validation, and the last is 0 or 1.
    /// </summary>
    /// <param name="writer">Where to; lines end in a line feed.</param>
    public void WriteCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Header);
        writer.Write('\n');
        foreach (TrainingEpoch epoch in _epochs)
        {
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{epoch.Epoch},{epoch.Loss:R},{epoch.ValidationLoss:R},{epoch.GradientNorm:R},{epoch.LearningRate:R},{epoch.Duration.TotalSeconds:R},{(epoch.IsBest ? 1 : 0)}\n"));
        }
    }

    /// <summary>Writes a file of what <see cref="WriteCsv"/> gives, which appears under its name only when it is complete.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    public void SaveCsv(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, this, static (stream, history) =>
        {
            using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            history.WriteCsv(writer);
        });
    }

    /// <summary>How many numbers an epoch is in <see cref="ToBytes"/>.</summary>
    internal const int Columns = 8;

    /// <summary>Bytes of an epoch in <see cref="ToBytes"/>.</summary>
    internal const int EpochBytes = sizeof(double) * Columns;

    /// <summary>The epochs as doubles, the lowest byte of each first.</summary>
    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[EpochBytes * Count];
        Span<byte> rest = bytes;
        foreach (TrainingEpoch epoch in _epochs)
        {
            foreach (double value in (ReadOnlySpan<double>)
            [
                epoch.Epoch,
                epoch.Loss,
                epoch.ValidationLoss is null ? 0 : 1,
                epoch.ValidationLoss ?? 0,
                epoch.GradientNorm,
                epoch.LearningRate,
                epoch.Duration.Ticks,
                epoch.IsBest ? 1 : 0,
            ])
            {
                BinaryPrimitives.WriteDoubleLittleEndian(rest, value);
                rest = rest[sizeof(double)..];
            }
        }

        return bytes;
    }

    /// <summary>Replaces the epochs by those that <see cref="ToBytes"/> gave.</summary>
    internal void FromBytes(ReadOnlySpan<byte> bytes)
    {
        Clear();
        Span<double> values = stackalloc double[Columns];
        for (; !bytes.IsEmpty; bytes = bytes[EpochBytes..])
        {
            for (int i = 0; i < Columns; i++)
            {
                values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(sizeof(double) * i)..]);
            }

            Add(new TrainingEpoch(
                (int)values[0], values[1], values[2] == 0 ? null : values[3], values[4], values[5], TimeSpan.FromTicks((long)values[6]), values[7] != 0));
        }
    }

    internal void Clear() => _epochs.Clear();

    internal void Add(TrainingEpoch epoch) => _epochs.Add(epoch);
}
