using System;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>
/// The alignments of L labels with T time steps: S = 2 L + 1 places (blank, label, blank, ..., label, blank) at each step, of which a path takes one; to the
/// next step it stays, goes one place on, or two, past a blank between different labels (Graves et al. 2006). All numbers are logarithms of probabilities.
/// </summary>
internal readonly ref struct CtcLattice
{
    /// <summary>The logarithm of 0: below every sum of logarithms of floats, and such that sums of it are no infinity.</summary>
    private const double Never = -1e300;

    private readonly ReadOnlySpan<int> _labels;
    private readonly int _blank;
    private readonly int _steps;
    private readonly int _places;
    private readonly Span<double> _logSums;     // [T]: log Σ exp(logits)
    private readonly Span<double> _alphas;      // [T, 2 + S]: all beginnings of paths, up to this place and with its emission; Never in front
    private readonly Span<double> _betas;       // [S]: all ends of paths, without this place's emission
    private readonly Span<double> _ahead;       // [S + 2]: betas with the emission; Never behind
    private readonly Span<double> _skips;       // [S + 2]: 0 where a path may come from two places before, else Never
    private readonly Span<double> _emissions;   // [S]
    private readonly Span<double> _far;         // [S]
    private readonly Span<double> _largest;     // [S]
    private readonly Span<double> _sum;         // [S]

    public CtcLattice(Span<double> memory, int steps, ReadOnlySpan<int> labels, int blank)
    {
        _labels = labels;
        (_blank, _steps, _places) = (blank, steps, Places(labels.Length));
        _logSums = Take(ref memory, steps);
        _alphas = Take(ref memory, steps * (2 + _places));
        _betas = Take(ref memory, _places);
        _ahead = Take(ref memory, _places + 2);
        _skips = Take(ref memory, _places + 2);
        _emissions = Take(ref memory, _places);
        _far = Take(ref memory, _places);
        _largest = Take(ref memory, _places);
        _sum = Take(ref memory, _places);

        _skips.Fill(Never);
        for (int label = 1; label < labels.Length; label++)
        {
            if (labels[label] != labels[label - 1])
            {
                _skips[(2 * label) + 1] = 0;
            }
        }
    }

    /// <summary>Doubles of memory that a lattice takes.</summary>
    /// <exception cref="OverflowException">They are more than an array has.</exception>
    public static int Size(int steps, int labels) => checked((steps * (3 + Places(labels))) + (7 * (2 + Places(labels))));

    /// <summary>Computes -log of the probability that logits spell the labels, times a scale, and its gradient.</summary>
    /// <param name="logits">[T, outputs].</param>
    /// <param name="gradients">Receives [T, outputs].</param>
    /// <param name="scale">What both are multiplied by.</param>
    public double Compute(ReadOnlySpan<float> logits, Span<float> gradients, float scale)
    {
        int size = logits.Length / _steps;
        for (int step = 0; step < _steps; step++)
        {
            _logSums[step] = Softmax(logits.Slice(step * size, size), gradients.Slice(step * size, size));
            Emit(logits.Slice(step * size, size), step);
            Begin(step);
        }

        ReadOnlySpan<double> last = Alphas(_steps - 1)[2..];
        double total = last[^1];
        _betas.Fill(Never);
        _betas[^1] = 0;
        if (_places > 1)
        {
            (double larger, double smaller) = last[^2] > total ? (last[^2], total) : (total, last[^2]);
            total = larger + Math.Log(1 + Math.Exp(smaller - larger));
            _betas[^2] = 0;
        }

        for (int step = _steps - 1; step >= 0; step--)
        {
            Visit(step, gradients.Slice(step * size, size));
            Emit(logits.Slice(step * size, size), step);
            End();
        }

        TensorPrimitives.Multiply(gradients, scale, gradients);
        return total > Never / 2 ? -total * scale : double.IsNaN(total) ? total : double.PositiveInfinity;
    }

    private static int Places(int labels) => (2 * labels) + 1;

    private static Span<double> Take(scoped ref Span<double> memory, int length)
    {
        Span<double> taken = memory[..length];
        memory = memory[length..];
        return taken;
    }

    /// <summary>Writes the softmax of logits, and gives log Σ exp(logits).</summary>
    private static double Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        float maximum = TensorPrimitives.Max(logits);
        TensorPrimitives.Subtract(logits, maximum, probabilities);
        TensorPrimitives.Exp(probabilities, probabilities);
        float sum = Sums.Of(probabilities);
        TensorPrimitives.Multiply(probabilities, 1 / sum, probabilities);
        return maximum + Math.Log(sum);
    }

    private Span<double> Alphas(int step) => _alphas.Slice(step * (2 + _places), 2 + _places);

    /// <summary>Log probability of what each place emits at a step.</summary>
    private void Emit(ReadOnlySpan<float> logits, int step)
    {
        double blank = Math.Max(logits[_blank] - _logSums[step], Never);
        _emissions[0] = blank;
        for (int i = 0; i < _labels.Length; i++)
        {
            _emissions[(2 * i) + 1] = Math.Max(logits[_labels[i]] - _logSums[step], Never);
            _emissions[(2 * i) + 2] = blank;
        }
    }

    /// <summary>α of a step: what has come from here, from one place before and from two, and the emission.</summary>
    private void Begin(int step)
    {
        Span<double> alphas = Alphas(step);
        alphas[..2].Fill(Never);
        Span<double> here = alphas[2..];
        if (step > 0)
        {
            ReadOnlySpan<double> before = Alphas(step - 1);
            LogAdd(before[2..], before[1..^1], before[..^2], _skips[..^2], here);
            TensorPrimitives.Add(here, _emissions, here);
        }
        else
        {
            here.Fill(Never);
            int first = Math.Min(2, _places);
            _emissions[..first].CopyTo(here);
        }
    }

    /// <summary>β of the step before, from this step's β and emissions.</summary>
    private void End()
    {
        TensorPrimitives.Add(_betas, _emissions, _ahead[..^2]);
        _ahead[^2..].Fill(Never);
        LogAdd(_ahead[..^2], _ahead[1..^1], _ahead[2..], _skips[2..], _betas);
    }

    /// <summary>
    /// Takes from each output's probability the share of all alignments that emit it at this step: what is left is the gradient by the logit. All alignments pass
    /// through the step, so that the shares are a softmax over its places, which logits too large for differences of their sums leave exact.
    /// </summary>
    private void Visit(int step, Span<float> gradients)
    {
        TensorPrimitives.Add(Alphas(step)[2..], _betas, _sum);
        TensorPrimitives.Subtract(_sum, TensorPrimitives.Max<double>(_sum), _sum);
        TensorPrimitives.Exp(_sum, _sum);
        TensorPrimitives.Divide(_sum, Sums.Of((ReadOnlySpan<double>)_sum), _sum);
        double blank = _sum[0];
        for (int i = 0; i < _labels.Length; i++)
        {
            gradients[_labels[i]] -= (float)_sum[(2 * i) + 1];
            blank += _sum[(2 * i) + 2];
        }

        gradients[_blank] -= (float)blank;
    }

    /// <summary>log(exp(a) + exp(b) + exp(c + d)), element by element.</summary>
    private void LogAdd(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d, Span<double> result)
    {
        TensorPrimitives.Add(c, d, _far);
        TensorPrimitives.Max(a, b, _largest);
        TensorPrimitives.Max(_largest, _far, _largest);

        TensorPrimitives.Subtract(_far, _largest, _far);
        TensorPrimitives.Exp(_far, _sum);
        TensorPrimitives.Subtract(a, _largest, _far);
        TensorPrimitives.Exp(_far, _far);
        TensorPrimitives.Add(_sum, _far, _sum);
        TensorPrimitives.Subtract(b, _largest, _far);
        TensorPrimitives.Exp(_far, _far);
        TensorPrimitives.Add(_sum, _far, _sum);

        TensorPrimitives.Log(_sum, _sum);
        TensorPrimitives.Add(_sum, _largest, result);
    }
}
