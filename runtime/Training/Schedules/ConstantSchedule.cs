namespace Recurrent.Training;

/// <summary>The learning rate as it is given.</summary>
public sealed record ConstantSchedule : FormulaSchedule
{
    /// <inheritdoc/>
    public override double Rate(double learningRate, long time) => learningRate;
}
