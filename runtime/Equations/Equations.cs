namespace Recurrent;

/// <summary>
/// The words of the language in which cells are written. Bring them in with <c>using static Recurrent.Equations;</c>.
/// </summary>
/// <remarks>
/// A function of a number is applied to a vector or a matrix element by element; NaN gives NaN unless its description says otherwise.
/// Where a word takes two vectors element by element, one of a single element beside a longer one is spread.
/// </remarks>
public static partial class Equations;
