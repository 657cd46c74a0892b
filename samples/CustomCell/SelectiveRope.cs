using Recurrent;
using static Recurrent.Equations;

/// <summary>
/// A memory of values by keys, in which each step turns the keys of all that is remembered by angles that its input chooses: gated linear attention with the
/// rotations of Movahedi, Carstensen, Afzal, Hutter, Orvieto and Cevher, Selective Rotary Position Embedding, 2025.
/// </summary>
/// <remarks>
/// The paper reports it to be good at copying, and this is why: if tokens turn and blanks do not, the angle between a key and a query counts the tokens between
/// them, however many blanks there are. This is the paper's recurrence, S = a e^(i angle) S + v k^T with complex keys, as two real matrices; the short convolutions
/// and normalisations around it are left out. An angle is given by t, the tangent of its half: cos = (1 - t^2) / (1 + t^2), sin = 2 t / (1 + t^2).
/// Its memory is long from the start: Sigmoid(5) is 0.993.
/// </remarks>
[Cell]
public readonly struct SelectiveRope
{
    public static (Vec y, Mat Re, Mat Im) Step(
        Vec x, [Shape("hidden", "keys")] Mat Re, [Shape("hidden", "keys")] Mat Im,
        [Shape("2 * keys", "input")] Mat Wq, [Shape("2 * keys", "input")] Mat Wk, Mat Wv,
        Mat Wt, Mat Wa, [Init(Initializer.Constant, Value = 5)] Vec ba, int keys = 16)
    {
        (Vec q, Vec k, Vec v, Vec t) = (Wq * x, Wk * x, Wv * x, Wt * x);
        Vec scale = Sigmoid(Wa * x + ba) / (1 + t * t);
        (Vec cos, Vec sin) = (scale * (1 - t * t), scale * 2 * t);
        Mat re = ScaleColumns(Re, cos) - ScaleColumns(Im, sin) + Outer(v, k[..keys]);
        Mat im = ScaleColumns(Re, sin) + ScaleColumns(Im, cos) + Outer(v, k[keys..]);
        return (re * q[..keys] + im * q[keys..], re, im);
    }
}
