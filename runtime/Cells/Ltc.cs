using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of liquid time constants, all neurons connected.</summary>
/// <param name="hiddenSize">Neurons, whose potentials are the state and the output; at least 1.</param>
/// <param name="timeStep">The time from one step to the next; greater than 0.</param>
public sealed class LtcAttribute(int hiddenSize, double timeStep = 1) : LayerAttribute<Ltc>(hiddenSize)
{
    /// <summary>The time from one step to the next.</summary>
    public double TimeStep { get; } = timeStep;
}

/// <summary>
/// Liquid time constants: Hasani, Lechner, Amini, Rus and Grosu, Liquid time-constant networks, 2021. Neurons with leaks, and synapses that conduct
/// as the neuron in front of them allows.
/// </summary>
/// <remarks>
/// cm dv/dt = gleak (vleak - v) + sum over j of w_j sigmoid(sigma_j (v_j - mu_j)) (erev_j - v), over all neurons and inputs j, each synapse with a w, mu, sigma and erev
/// of its own. The fused solver takes <see cref="Unfolds"/> steps of Euler's method, explicit in the conductances and implicit in v. Matrices have a
/// row for where a synapse comes from and a column for where it goes to. Inputs pass an affine map. As in the published code, w, gleak and cm pass softplus, tensors
/// have the names there, and start from the same intervals; its output map is a layer of its own.
/// </remarks>
[Cell]
public readonly struct Ltc
{
    /// <summary>Steps of the solver in a time step.</summary>
    private const int Unfolds = 6;

    /// <summary>Keeps the quotient finite.</summary>
    private const double Epsilon = 1e-8;

    /// <summary>One time step.</summary>
    public static Vec Step(
        Vec x, Vec v,
        [Init(Initializer.Interval, Low = 0.001, Value = 1)] Vec gleak,
        [Init(Initializer.Interval, Low = -0.2, Value = 0.2)] Vec vleak,
        [Init(Initializer.Interval, Low = 0.4, Value = 0.6)] Vec cm,
        [Init(Initializer.Interval, Low = 0.001, Value = 1)] Mat w,
        [Init(Initializer.Interval, Low = 3, Value = 8)] Mat sigma,
        [Init(Initializer.Interval, Low = 0.3, Value = 0.8)] Mat mu,
        [Init(Initializer.Signs)] Mat erev,
        [Init(Initializer.Interval, Low = 0.001, Value = 1)] Mat sensory_w,
        [Init(Initializer.Interval, Low = 3, Value = 8)] Mat sensory_sigma,
        [Init(Initializer.Interval, Low = 0.3, Value = 0.8)] Mat sensory_mu,
        [Init(Initializer.Signs)] Mat sensory_erev,
        [Init(Initializer.Ones)] Vec input_w,
        [Init(Initializer.Zeros)] Vec input_b,
        [Setting] double timeStep = 1)
    {
        // What does not change within the time step: the leaks, and the synapses from the inputs.
        Mat sensed = Conductance(sensory_w, sensory_sigma, sensory_mu, input_w * x + input_b);
        Vec capacity = Softplus(cm) * (Unfolds / timeStep);
        Vec leak = Softplus(gleak);
        Vec current = leak * vleak + ColumnSums(Multiply(sensed, sensory_erev));
        Vec conductance = capacity + leak + Epsilon + ColumnSums(sensed);

        Vec v1 = Unfold(v, w, sigma, mu, erev, capacity, current, conductance);
        Vec v2 = Unfold(v1, w, sigma, mu, erev, capacity, current, conductance);
        Vec v3 = Unfold(v2, w, sigma, mu, erev, capacity, current, conductance);
        Vec v4 = Unfold(v3, w, sigma, mu, erev, capacity, current, conductance);
        Vec v5 = Unfold(v4, w, sigma, mu, erev, capacity, current, conductance);
        return Unfold(v5, w, sigma, mu, erev, capacity, current, conductance);
    }

    private static Vec Unfold(Vec v, Mat w, Mat sigma, Mat mu, Mat erev, Vec capacity, Vec current, Vec conductance)
    {
        Mat open = Conductance(w, sigma, mu, v);
        return (capacity * v + current + ColumnSums(Multiply(open, erev))) / (conductance + ColumnSums(open));
    }

    private static Mat Conductance(Mat w, Mat sigma, Mat mu, Vec from) =>
        Multiply(Softplus(w), Sigmoid(ScaleRows(sigma, from) - Multiply(sigma, mu)));
}
