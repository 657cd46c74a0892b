namespace Recurrent;

/// <summary>The distributions that parameters start from.</summary>
/// <remarks>Rows and columns are those of the parameter, not of a tensor that several are stacked into; a vector has one column.</remarks>
public enum Initializer
{
    /// <summary>Uniform in (-1/sqrt(n), 1/sqrt(n)), n being a dimension of the layer.</summary>
    Uniform,

    /// <summary>Normal with mean 0 and the standard deviation <see cref="Initialization.Value"/>.</summary>
    Normal,

    /// <summary>All 0.</summary>
    Zeros,

    /// <summary>All 1.</summary>
    Ones,

    /// <summary>
    /// Uniform in (-b, b), b being <see cref="Initialization.Value"/> times sqrt(6 / (rows + columns)). Glorot and Bengio, Understanding the difficulty of
    /// training deep feedforward neural networks, 2010.
    /// </summary>
    Glorot,

    /// <summary>
    /// <see cref="Initialization.Value"/> times a random matrix with orthonormal columns, or rows where there are fewer of them; a vector of the length
    /// <see cref="Initialization.Value"/>. Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, 2013.
    /// </summary>
    Orthogonal,

    /// <summary>All <see cref="Initialization.Value"/>.</summary>
    Constant,

    /// <summary>
    /// <see cref="Initialization.Value"/> on the main diagonal, 0 elsewhere. A vector counts as the diagonal of a matrix: it is all
    /// <see cref="Initialization.Value"/>. Le, Jaitly and Hinton, A simple way to initialize recurrent networks of rectified linear units, 2015.
    /// </summary>
    Identity,

    /// <summary>Uniform in [<see cref="Initialization.Low"/>, <see cref="Initialization.Value"/>).</summary>
    Interval,

    /// <summary><see cref="Initialization.Value"/> or its negative, evenly.</summary>
    Signs,

    /// <summary>
    /// The natural logarithm of the column's position, counted from 1: the states of a diagonal state-space model decay at rates from 1 to as many as there are.
    /// Gu, Gupta, Goel and Ré, On the parameterization and initialization of diagonal state space models, 2022 (S4D-Real).
    /// </summary>
    LogColumns,

    /// <summary>
    /// What a memory of the last n inputs keeps from one time step to the next, as coefficients of as many Legendre polynomials as there are rows: exp(A / n), where
    /// A[i, j] is -(2i + 1) for j above i, else (2i + 1) (-1)^(i - j + 1). It is the zero-order hold of A / n over one time step; n is <see cref="Initialization.Fan"/>.
    /// Voelker, Kajić and Eliasmith, Legendre memory units, 2019.
    /// </summary>
    LegendreState,

    /// <summary>
    /// What one input adds to the memory of <see cref="LegendreState"/>: A^-1 (exp(A / n) - 1) B, where B[i] is (2i + 1) (-1)^i.
    /// </summary>
    LegendreInput,
}

/// <summary>The distribution that a parameter starts from.</summary>
/// <param name="Initializer">Its kind.</param>
/// <param name="Fan">The n of <see cref="Initializer.Uniform"/>, <see cref="Initializer.LegendreState"/> and <see cref="Initializer.LegendreInput"/>, at least 1; of no meaning to the others.</param>
/// <param name="Value">A finite number whose meaning the kind tells, for <see cref="Initializer.Normal"/> at least 0; of no meaning to those that do not mention it.</param>
/// <param name="Low">The lower bound of <see cref="Initializer.Interval"/>, finite and not above <paramref name="Value"/>; of no meaning to the others.</param>
public readonly record struct Initialization(Initializer Initializer, int Fan = 1, double Value = 1, double Low = 0)
{
    /// <summary>Whether it is one that parameters can be drawn from.</summary>
    internal bool IsValid => Initializer switch
    {
        Initializer.Uniform or Initializer.LegendreState or Initializer.LegendreInput => Fan > 0,
        Initializer.Normal => Value >= 0 && float.IsFinite((float)Value),
        Initializer.Glorot or Initializer.Orthogonal or Initializer.Constant or Initializer.Identity or Initializer.Signs => float.IsFinite((float)Value),
        Initializer.Interval => Low <= Value && float.IsFinite((float)Low) && float.IsFinite((float)Value),
        Initializer.Zeros or Initializer.Ones or Initializer.LogColumns => true,
        _ => false,
    };
}
