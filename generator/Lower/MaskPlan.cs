namespace Recurrent.Gen.Lower;

/// <summary>What a mask of a training pass is for.</summary>
public enum MaskUse
{
    /// <summary>Its ones keep elements of a state as they were.</summary>
    Zoneout,

    /// <summary>Its zeros drop elements of the output.</summary>
    Dropout,

    /// <summary>Its zeros drop elements of a state where recurrent products read it, the same ones in all time steps of a sequence.</summary>
    RecurrentDropout,
}

/// <summary>A mask of a training pass.</summary>
/// <param name="Offset">Floats in front of it in a time step's record on the tape.</param>
/// <param name="Length">Its elements.</param>
/// <param name="Use">What it is for.</param>
public sealed record MaskPlan(int Offset, int Length, MaskUse Use);
