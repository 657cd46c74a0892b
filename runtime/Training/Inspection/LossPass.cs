using System;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>The loss of one sequence as a function of parameters, inputs and initial state, and its gradients.</summary>
internal sealed class LossPass<TNetwork>
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly TNetwork _network;
    private readonly Loss _loss;
    private readonly TrainingSequence _sequence;
    private readonly int _steps;
    private readonly float[] _state = new float[TNetwork.StateSize];
    private readonly float[] _outputs;
    private readonly float[] _outputGradients;
    private readonly float[] _tape;

    public LossPass(TNetwork network, Loss loss, TrainingSequence sequence)
    {
        _network = network;
        _loss = loss;
        _sequence = sequence;
        Inputs = sequence.Inputs.ToArray();
        _steps = Inputs.Length / TNetwork.InputSize;
        string? misfit = _steps == 0 || Inputs.Length % TNetwork.InputSize != 0
            ? string.Create(CultureInfo.InvariantCulture, $"has {Inputs.Length} inputs; a multiple of {TNetwork.InputSize} is wanted, at least one time step")
            : loss.Misfit(sequence, _steps, TNetwork.OutputSize);
        if (misfit is not null)
        {
            throw new ArgumentException($"The sequence {misfit}.", nameof(sequence));
        }

        _outputs = new float[_steps * TNetwork.OutputSize];
        _outputGradients = new float[_outputs.Length];
        _tape = new float[TNetwork.TapeSize(_steps)];
        network.CopyParametersTo(Parameters);
        network.StartState(Start);
    }

    public float[] Parameters { get; } = new float[TNetwork.ParameterCount];

    public float[] Inputs { get; }

    public float[] Start { get; } = new float[TNetwork.StateSize];

    public float[] ParameterGradients { get; } = new float[TNetwork.ParameterCount];

    public float[] InputGradients { get; private set; } = [];

    public float[] StartGradients { get; } = new float[TNetwork.StateSize];

    /// <summary>Computes the gradients by backpropagation.</summary>
    public void Differentiate()
    {
        LossOfInputs();
        InputGradients = new float[Inputs.Length];
        _network.Backward(_outputGradients, StartGradients, _tape, ParameterGradients, InputGradients);
        _network.BackwardStart(StartGradients, ParameterGradients);
    }

    /// <summary>The loss with <see cref="Parameters"/> as they are now, from the start that they give.</summary>
    public double Loss()
    {
        _network.SetParameters(Parameters);
        _network.StartState(_state);
        return Forward();
    }

    /// <summary>The loss with the network's parameters, from <see cref="Start"/> as it is now.</summary>
    public double LossOfInputs()
    {
        Start.CopyTo(_state, 0);
        return Forward();
    }

    private double Forward()
    {
        _network.Forward(Inputs, _state, _outputs, _tape);
        return _loss.ComputeChecked(_outputs, _steps, _sequence, _outputGradients);
    }
}
