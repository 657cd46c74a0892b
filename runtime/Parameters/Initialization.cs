namespace Recurrent;

/// <summary>The distributions that parameters start from.</summary>
public enum Initializer
{
    /// <summary>Uniform in (-1/sqrt(n), 1/sqrt(n)), n being a dimension of the layer.</summary>
    Uniform,

    /// <summary>Normal with mean 0 and standard deviation 1.</summary>
    Normal,

    /// <summary>All 0.</summary>
    Zeros,

    /// <summary>All 1.</summary>
    Ones,
}

/// <summary>The distribution that a tensor starts from.</summary>
/// <param name="Initializer">Its kind.</param>
/// <param name="Fan">The n of <see cref="Initializer.Uniform"/>; of no meaning to the others.</param>
public readonly record struct Initialization(Initializer Initializer, int Fan = 1);
