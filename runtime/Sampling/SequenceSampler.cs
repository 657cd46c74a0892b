using System;
using System.Globalization;

namespace Recurrent.Sampling;

/// <summary>
/// One to many: a network that writes a sequence, each output, or a token chosen from it, being the next input. What has been read before, a beginning or
/// the state of another network, is what it goes on from.
/// </summary>
/// <remarks>
/// A token is given to the network as its index where <c>InputSize</c> is 1, as for an embedding, else as zeros with a 1 at its index.
/// Calls allocate nothing. Used by one thread at a time; any number of samplers may share a network.
/// </remarks>
/// <typeparam name="TNetwork">The network's class.</typeparam>
public sealed class SequenceSampler<TNetwork>
    where TNetwork : class, IStreamingNetwork<TNetwork>
{
    private readonly TNetwork _network;
    private readonly float[] _state = new float[TNetwork.StateSize];
    private readonly float[] _input = new float[TNetwork.InputSize];
    private readonly float[] _output = new float[TNetwork.OutputSize];
    private bool _hasOutput;

    /// <summary>Makes a sampler that stands at the start of a sequence.</summary>
    /// <param name="network">The network, which stays the caller's to dispose.</param>
    /// <exception cref="ArgumentNullException">There is no network.</exception>
    public SequenceSampler(TNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        Start();
    }

    /// <summary>The stream's state, [StateSize]: copied out and given to <see cref="Start(ReadOnlySpan{float})"/>, it starts another sampler where this one stands.</summary>
    public ReadOnlySpan<float> State => _state;

    /// <summary>What the network gave last, [OutputSize].</summary>
    /// <exception cref="InvalidOperationException">It has read nothing since it was started.</exception>
    public ReadOnlySpan<float> Output => _hasOutput
        ? _output
        : throw new InvalidOperationException("The network has read nothing since the start; Read and ReadTokens give it the beginning of a sequence.");

    /// <summary>Starts a sequence with what <see cref="INetwork{TSelf}.StartState"/> writes: zeros, or what is learned.</summary>
    public void Start()
    {
        _network.StartState(_state);
        _hasOutput = false;
    }

    /// <summary>Starts a sequence with a state, such as an encoder's last.</summary>
    /// <param name="state">[StateSize]; copied.</param>
    /// <exception cref="ArgumentException">The length is not StateSize.</exception>
    public void Start(ReadOnlySpan<float> state)
    {
        Boundary.Length(state.Length, TNetwork.StateSize, nameof(state));
        state.CopyTo(_state);
        _hasOutput = false;
    }

    /// <summary>Lets the network read time steps.</summary>
    /// <param name="inputs">[steps, InputSize], row after row.</param>
    /// <exception cref="ArgumentException">The length is no multiple of InputSize, or the network refuses an input; time steps before it have been read.</exception>
    public void Read(ReadOnlySpan<float> inputs)
    {
        int steps = Boundary.Steps(inputs.Length, TNetwork.InputSize, nameof(inputs), nameof(TNetwork.InputSize));
        for (int step = 0; step < steps; step++)
        {
            Step(inputs.Slice(step * TNetwork.InputSize, TNetwork.InputSize));
        }
    }

    /// <summary>Lets the network read tokens.</summary>
    /// <param name="tokens">Their indices.</param>
    /// <exception cref="ArgumentException">An index is none; tokens before it have been read.</exception>
    public void ReadTokens(params ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
        {
            Tokens.Write(token, _input, nameof(tokens));
            Step(_input);
        }
    }

    /// <summary>Writes numbers, from the last output on: each output is the next input.</summary>
    /// <param name="outputs">Receives [steps, OutputSize], of which the first row is the output that is there already.</param>
    /// <exception cref="ArgumentException">The length is no multiple of OutputSize, or InputSize is another; nothing has been written.</exception>
    /// <exception cref="InvalidOperationException">The network has read nothing since it was started.</exception>
    public void Write(Span<float> outputs)
    {
        int steps = Boundary.Steps(outputs.Length, TNetwork.OutputSize, nameof(outputs), nameof(TNetwork.OutputSize));
        if (TNetwork.InputSize != TNetwork.OutputSize)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{typeof(TNetwork).Name} gives {TNetwork.OutputSize} numbers and reads {TNetwork.InputSize}; as many are wanted where outputs are the next inputs."));
        }

        for (int step = 0; step < steps; step++)
        {
            Output.CopyTo(outputs.Slice(step * TNetwork.OutputSize, TNetwork.OutputSize));
            Output.CopyTo(_input);
            Step(_input);
        }
    }

    /// <summary>Writes tokens, from the last output on: each is chosen from an output, and is the next input.</summary>
    /// <param name="tokens">Receives the tokens' indices.</param>
    /// <param name="sampler">Chooses from the outputs, which are logits.</param>
    /// <param name="endToken">A token that ends the sequence; it is neither written nor read. By default there is none.</param>
    /// <returns>How many tokens were written: all that there is room for, or those before the end.</returns>
    /// <exception cref="ArgumentException">An output is NaN, or the network does not read so many tokens as it gives.</exception>
    /// <exception cref="ArgumentNullException">There is no sampler.</exception>
    /// <exception cref="InvalidOperationException">The network has read nothing since it was started.</exception>
    public int WriteTokens(Span<int> tokens, TokenSampler sampler, int? endToken = null)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        for (int i = 0; i < tokens.Length; i++)
        {
            int token = sampler.Choose(Output);
            if (token == endToken)
            {
                return i;
            }

            tokens[i] = token;
            ReadTokens(token);
        }

        return tokens.Length;
    }

    private void Step(ReadOnlySpan<float> input)
    {
        _network.Step(input, _state, _output);
        _hasOutput = true;
    }
}
