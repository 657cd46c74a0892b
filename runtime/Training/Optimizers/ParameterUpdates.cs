using System;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>What is done with a batch's gradient: clipping, a step of the optimiser, the average of the weights, and the schedule of the learning rate.</summary>
internal sealed class ParameterUpdates
{
    private readonly TrainingOptions _options;
    private readonly Optimizer _optimizer;
    private ScheduleState _schedule;

    public ParameterUpdates(TrainingOptions options, ReadOnlySpan<TensorInfo> parameters)
    {
        _options = options;
        _schedule = options.Schedule.Start(options.LearningRate);
        _optimizer = options.Optimizer.Create(parameters, _schedule.LearningRate);
        Average = options.AverageDecay is { } decay ? new MovingAverage(_optimizer.ParameterCount, decay) : null;
    }

    /// <summary>The average of the weights, where the options ask for one.</summary>
    public MovingAverage? Average { get; }

    /// <summary>The optimiser's learning rate. What is set here holds until the schedule changes it.</summary>
    public double LearningRate
    {
        get => _optimizer.LearningRate;
        set => _optimizer.LearningRate = value;
    }

    /// <summary>Bytes of what <see cref="SaveState"/> writes.</summary>
    public int StateSize => checked(ScheduleState.Size + _optimizer.StateSize + (Average?.StateSize ?? 0));

    /// <summary>Moves the parameters, and nothing at all where the gradient's norm is not finite. Allocates nothing.</summary>
    /// <param name="gradients">The batch's gradient, which is clipped in place.</param>
    /// <param name="parameters">The parameters.</param>
    /// <returns>The gradient's norm before clipping.</returns>
    public double Step(Span<float> gradients, Span<float> parameters)
    {
        double norm;
        if (double.IsInfinity(_options.ClipValue))
        {
            norm = Gradients.ClipNorm(gradients, _options.ClipNorm);
        }
        else
        {
            norm = Gradients.ClipNorm(gradients, double.PositiveInfinity);
            Gradients.ClipValue(gradients, _options.ClipValue);
            Gradients.ClipNorm(gradients, _options.ClipNorm);
        }

        if (double.IsFinite(norm))
        {
            _optimizer.Step(gradients, parameters);
            Average?.Update(parameters);
            MoveTo(_options.Schedule.AfterStep(_schedule, _options.LearningRate));
        }

        return norm;
    }

    /// <summary>Lets the schedule know that an epoch has ended.</summary>
    /// <param name="loss">Its loss: of the validation, where there is one.</param>
    public void EndEpoch(double loss) => MoveTo(_options.Schedule.AfterEpoch(_schedule, _options.LearningRate, loss));

    /// <summary>Writes all that the next steps depend on beside the options. Allocates nothing.</summary>
    /// <param name="state">Receives <see cref="StateSize"/> bytes.</param>
    public void SaveState(Span<byte> state)
    {
        _schedule.Save(state[..ScheduleState.Size]);
        _optimizer.SaveState(state.Slice(ScheduleState.Size, _optimizer.StateSize));
        Average?.SaveState(state[(ScheduleState.Size + _optimizer.StateSize)..]);
    }

    /// <summary>Goes on where a state was written.</summary>
    /// <param name="state">What <see cref="SaveState"/> has written with the same options and tensors.</param>
    /// <exception cref="ArgumentException">The state is another's.</exception>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        if (state.Length != StateSize)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The state has {state.Length} bytes; {StateSize} are wanted."), nameof(state));
        }

        ScheduleState schedule = ScheduleState.Load(state[..ScheduleState.Size]);
        _optimizer.LoadState(state.Slice(ScheduleState.Size, _optimizer.StateSize));
        Average?.LoadState(state[(ScheduleState.Size + _optimizer.StateSize)..]);
        _schedule = schedule;
    }

    private void MoveTo(in ScheduleState next)
    {
        if (next.LearningRate != _schedule.LearningRate)
        {
            _optimizer.LearningRate = next.LearningRate;
        }

        _schedule = next;
    }
}
