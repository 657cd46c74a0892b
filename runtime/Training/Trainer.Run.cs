using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace Recurrent.Training;

/// <content>A call of <c>Train</c>, whatever the batches come from.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>Floats that each thread may use for the tape.</summary>
    private long TapeFloats => Math.Min(Array.MaxLength, (_options.TapeBytes ?? long.MaxValue) / sizeof(float));

    private bool IsOutOfPatience => _best.EpochsWithout >= _options.Patience;

    /// <summary>The sequences to measure by that a caller gives.</summary>
    private Validation Given(IReadOnlyList<TrainingSequence>? validation)
    {
        if (_options.ValidationFraction > 0)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{nameof(TrainingOptions.ValidationFraction)} is {_options.ValidationFraction}; 0 is wanted where sequences to measure by are given, or sequences are enumerated."),
                nameof(validation));
        }

        TrainingSequence[] given = validation is null ? [] : [.. validation];
        if (validation is not null)
        {
            SequenceChecks.Longest<TNetwork>(given, _loss, nameof(validation));
        }

        return new Validation(given, nameof(validation), []);
    }

    private double Run(
        SequenceSource source, string sourceName, Validation validation, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        if (validation.Sequences.Length > 0)
        {
            _pass.Prepare(validation.Sequences.Length, SequenceChecks.Longest<TNetwork>(validation.Sequences, _loss, validation.Name), withGradients: false);
        }

        bool isSame = _run.IsUnderWay && _run.Fingerprint == source.Fingerprint;
        if (_isResumed && !isSame)
        {
            throw new ArgumentException($"The checkpoint was written in a run over {_run.Fingerprint}; {source.Fingerprint} is given.", sourceName);
        }

        _isResumed = false;
        if (!isSame)
        {
            _run.Begin(source.Fingerprint, _random);
            _best.Clear();
            History.Clear();
        }

        _network.CopyParametersTo(_parameters);
        _isRunning = true;
        _stepsSinceCheckpoint = 0;
        bool goesOn = false;
        try
        {
            while (_run.Epoch < _options.Epochs && !(_run.IsStopped && _run.Batch == 0) && !IsOutOfPatience)
            {
                TrainEpoch(source, sourceName, progress, cancellationToken);
                EndEpoch(validation);
                Checkpoint();
            }
        }
        catch (OperationCanceledException)
        {
            goesOn = true;
            Checkpoint();
            throw;
        }
        finally
        {
            _isRunning = false;
            _run.IsUnderWay = goesOn;
        }

        if (_best.HasParameters)
        {
            _best.Parameters.CopyTo(_parameters, 0);
            _network.SetParameters(_parameters);
        }

        return History[^1].Loss;
    }

    private void TrainEpoch(SequenceSource source, string sourceName, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        SplitMix64 order = _run.Order;
        source.BeginEpoch(ref order);
        _random = order;
        for (int done = 0; done < _run.Batch; done++)
        {
            source.NextBatch();
        }

        TimeSpan before = _run.Duration;
        long start = Stopwatch.GetTimestamp();
        while (!_run.IsStopped && source.NextBatch())
        {
            ReadOnlySpan<TrainingSequence> batch = source.Batch;
            if (source.Batches == 0)
            {
                Prepare(batch.Length, SequenceChecks.Longest<TNetwork>(batch, _loss, sourceName, source));
            }

            int number = _run.Batch + 1;
            int windows = Windows(batch);
            while (_run.Batch < number)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (double loss, double meanLoss, double gradientNorm) = Step(batch, _run.Window, source, sourceName);
                int window = ++_run.Window;
                if (window == windows)
                {
                    _run.Window = 0;
                    _run.Batch = number;
                    _run.Sequences += batch.Length;
                }

                _run.LossSum += loss;
                _run.GradientNorm = Math.Max(_run.GradientNorm, gradientNorm);
                _run.Duration = before + Stopwatch.GetElapsedTime(start);
                progress?.Report(new TrainingProgress(_run.Epoch + 1, _options.Epochs, number, source.Batches, meanLoss, gradientNorm, window, windows));
                if (_options.CheckpointBatches > 0 && ++_stepsSinceCheckpoint >= _options.CheckpointBatches)
                {
                    Checkpoint();
                }
            }
        }

        if (_run.Sequences == 0)
        {
            throw new ArgumentException("There are 0 sequences; at least 1 is wanted.", sourceName);
        }
    }

    private void EndEpoch(Validation validation)
    {
        long start = Stopwatch.GetTimestamp();
        double loss = _run.LossSum / _run.Sequences;
        double? validationLoss = validation.Sequences.Length == 0 ? null : Evaluate(validation);
        bool isBest = _best.Take(validationLoss ?? loss, _parameters);
        TrainingEpoch epoch = new(
            _run.Epoch + 1, loss, validationLoss, _run.GradientNorm, LearningRate, _run.Duration + Stopwatch.GetElapsedTime(start), isBest);
        History.Add(epoch);
        _updates.EndEpoch(epoch.RankedLoss);
        _run.EndEpoch(_random);
        EpochEnded?.Invoke(epoch);
    }

    private void Checkpoint()
    {
        _stepsSinceCheckpoint = 0;
        if (_options.CheckpointPath is { } path)
        {
            SaveCheckpoint(path);
        }
    }

    private double Evaluate(Validation validation)
    {
        try
        {
            return _pass.Evaluate(validation.Sequences) / validation.Sequences.Length;
        }
        catch (RefusedSequenceException e)
        {
            throw SequenceChecks.Refused(validation.Name, validation.Positions.Length == 0 ? e.Index : validation.Positions[e.Index], e.Reason);
        }
    }

    private void Prepare(int sequences, int longest)
    {
        _pass.Prepare(sequences, Math.Min(longest, _options.TruncatedSteps ?? longest), withGradients: true);
        if (_options.TruncatedSteps is not null)
        {
            _windows.Prepare(sequences);
        }
    }

    private int Windows(ReadOnlySpan<TrainingSequence> batch) => _options.TruncatedSteps is { } steps ? _windows.Windows(batch, steps) : 1;

    /// <summary>One step of the optimiser on sequences that have been checked, or a window of them, from the trainer's copy of the parameters.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="window">Which window.</param>
    /// <param name="source">Knows where they stand in what the caller gave; <see langword="null"/> where that is their order.</param>
    /// <param name="name">What the caller calls them.</param>
    /// <returns>The sum of the losses of the batch's sequences, or the part of it that is the window's; the mean loss of what the step was taken on; the norm of its gradient, before clipping.</returns>
    private (double Loss, double MeanLoss, double GradientNorm) Step(ReadOnlySpan<TrainingSequence> batch, int window, SequenceSource? source, string name)
    {
        bool isCut = _options.TruncatedSteps is not null;
        ReadOnlySpan<TrainingSequence> sequences = isCut ? _windows.Cut(batch, window, _options.TruncatedSteps!.Value) : batch;
        double lossSum;
        try
        {
            lossSum = _pass.Train(sequences, ref _masks, _parameterGradients, isCut ? _windows.States : [], isCut ? _windows.Slots : []);
        }
        catch (RefusedSequenceException e)
        {
            int index = isCut ? _windows.Slots[e.Index] : e.Index;
            throw SequenceChecks.Refused(name, source?.PositionOf(index) ?? index, e.Reason);
        }

        double gradientNorm = _updates.Step(_parameterGradients, _parameters);
        if (!double.IsFinite(gradientNorm))
        {
            throw new ArithmeticException(string.Create(
                CultureInfo.InvariantCulture,
                $"The gradient's norm is {gradientNorm} where the loss is {lossSum / sequences.Length}; a finite norm is wanted. The learning rate is {LearningRate}: a lower one, or inputs of a smaller scale, may help."));
        }

        _network.SetParameters(_parameters);
        return (isCut ? _windows.Sum(batch, _pass.Losses) : lossSum, lossSum / sequences.Length, gradientNorm);
    }

    /// <summary>Sequences to measure by; none where nothing is measured.</summary>
    /// <param name="Sequences">The sequences.</param>
    /// <param name="Name">What the caller calls the list that they come from.</param>
    /// <param name="Positions">Where each stands in it; empty where that is their order.</param>
    private readonly record struct Validation(TrainingSequence[] Sequences, string Name, int[] Positions);
}
