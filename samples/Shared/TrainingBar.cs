using System;
using Recurrent.Training;
using Spectre.Console;

/// <summary>Moves a progress bar as the training goes on. The task's description stays in front of what it says.</summary>
public sealed class TrainingBar(ProgressTask task) : IProgress<TrainingProgress>
{
    private readonly string _name = task.Description;

    public void Report(TrainingProgress value)
    {
        task.MaxValue = value.Epochs * value.Batches;
        task.Value = (value.Epoch - 1) * value.Batches + value.Batch - 1 + (double)value.Window / value.Windows;
        if (value.Batch == value.Batches && value.Window == value.Windows)
        {
            task.Description = FormattableString.Invariant($"{_name}, epoch {value.Epoch,2} of {value.Epochs}, loss {value.Loss:F3}");
        }
    }
}
