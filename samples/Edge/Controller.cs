using Recurrent;

namespace Edge;

/// <summary>A network and its stream: a frame in, a force out.</summary>
public sealed class Controller<TNetwork>
    where TNetwork : class, IStreamingNetwork<TNetwork>
{
    private readonly TNetwork _network;
    private readonly float[] _state = new float[TNetwork.StateSize];
    private readonly float[] _input = new float[TNetwork.InputSize];
    private readonly float[] _output = new float[TNetwork.OutputSize];

    public Controller(TNetwork network)
    {
        _network = network;
        network.StartState(_state);
    }

    /// <summary>The force in newtons that answers a frame.</summary>
    public float Act(Frame frame)
    {
        frame.WriteTo(_input);
        _network.Step(_input, _state, _output);
        return _output[0] * (float)CartPole.GreatestForce;
    }
}
