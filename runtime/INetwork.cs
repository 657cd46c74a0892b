using System;

namespace Recurrent;

/// <summary>
/// A network with its weights. It is immutable while it infers and may be shared by any number of threads; the state of a stream
/// belongs to the caller. A network that has been disposed throws <see cref="ObjectDisposedException"/>.
/// </summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public interface INetwork<TSelf> : IDisposable
    where TSelf : class, INetwork<TSelf>
{
    /// <summary>Floats that a time step reads.</summary>
    static abstract int InputSize { get; }

    /// <summary>Floats that a time step gives.</summary>
    static abstract int OutputSize { get; }

    /// <summary>Floats that a stream carries from one time step to the next.</summary>
    static abstract int StateSize { get; }

    /// <summary>Floats of all parameters together.</summary>
    static abstract int ParameterCount { get; }

    /// <summary>The tensors of a weight file, in the order in which the flat parameters hold them.</summary>
    static abstract ReadOnlySpan<TensorInfo> Parameters { get; }

    /// <summary>The instruction set whose kernels this network runs.</summary>
    InstructionSet InstructionSet { get; }

    /// <summary>Threads that may work on one call of <c>Step</c>, <c>Run</c> or <c>StepMany</c>, the caller's among them: 1 to 64, and 1 unless set.</summary>
    /// <remarks>
    /// Layers of 512 rows and more, with as many weights that it pays, are shared out by rows; the outputs are the same bits at any degree. The threads are
    /// started when this is set and end with the network; behind a call they wait for the next one for 50 microseconds at work, then parked. They serve
    /// one call at a time: what other threads call meanwhile runs on these alone. A network without such a layer starts no threads.
    /// To be set while no thread uses the network.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is set to less than 1, or more than 64.</exception>
    int DegreeOfParallelism { get; set; }

    /// <summary>Makes a network from its parameters.</summary>
    /// <param name="parameters"><see cref="ParameterCount"/> floats in the order of <see cref="Parameters"/>; copied.</param>
    /// <exception cref="ArgumentException">The length is not <see cref="ParameterCount"/>.</exception>
    static abstract TSelf Create(ReadOnlySpan<float> parameters);

    /// <summary>Makes a network that runs the kernels of one instruction set, for tests and comparisons.</summary>
    /// <param name="parameters"><see cref="ParameterCount"/> floats in the order of <see cref="Parameters"/>; copied.</param>
    /// <param name="instructionSet">The instruction set; the outputs do not depend on it.</param>
    /// <exception cref="ArgumentException">The length is not <see cref="ParameterCount"/>.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine does not have the instruction set.</exception>
    static abstract TSelf Create(ReadOnlySpan<float> parameters, InstructionSet instructionSet);

    /// <summary>Makes a network with random weights, drawn from the distributions that PyTorch's modules start from.</summary>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    static abstract TSelf Create(int seed);

    /// <summary>Loads weights from a safetensors file. Every tensor of the file must be one of the network's, and none may be missing.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="System.IO.InvalidDataException">The file is broken, or its tensors are not the network's; the message lists every difference.</exception>
    /// <exception cref="System.IO.IOException">The file cannot be opened or read.</exception>
    static abstract TSelf Load(string path);

    /// <summary>Loads weights from the bytes of a safetensors file, such as an embedded resource.</summary>
    /// <param name="safetensors">The whole file.</param>
    /// <exception cref="System.IO.InvalidDataException">The file is broken, or its tensors are not the network's; the message lists every difference.</exception>
    static abstract TSelf Load(ReadOnlySpan<byte> safetensors);

    /// <summary>Saves the weights as a safetensors file (F32), which appears under its name only when it is complete.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <exception cref="System.IO.IOException">The file cannot be written; one that was there is as it was.</exception>
    void Save(string path);

    /// <summary>Copies the parameters out.</summary>
    /// <param name="parameters">Receives <see cref="ParameterCount"/> floats in the order of <see cref="Parameters"/>.</param>
    /// <exception cref="ArgumentException">The length is not <see cref="ParameterCount"/>.</exception>
    void CopyParametersTo(Span<float> parameters);

    /// <summary>Writes the state of a stream that begins: the learned initial values, zeros where none are learned. Allocates nothing.</summary>
    /// <remarks>
    /// A state is learned where its cell marks it <see cref="LearnedAttribute"/>, or its layer has <see cref="LayerAttribute.LearnInitialState"/>. Where no
    /// layer has either, a state of zeros is the same.
    /// </remarks>
    /// <param name="state">Receives <see cref="StateSize"/> floats.</param>
    /// <exception cref="ArgumentException">The length is not <see cref="StateSize"/>.</exception>
    void StartState(Span<float> state);

    /// <summary>Runs a whole sequence.</summary>
    /// <remarks>
    /// A layer that runs in reverse begins at the last time step: its part of the state is in, before that step; out, after the first. Such networks keep
    /// the sequences between their layers in pooled memory.
    /// </remarks>
    /// <param name="inputs">[steps, <see cref="InputSize"/>], row after row; steps may be 0.</param>
    /// <param name="state"><see cref="StateSize"/> floats: in, the state before the first step (from <see cref="StartState"/> where a stream begins); out, after the last. Must not overlap the inputs.</param>
    /// <param name="outputs">Receives [steps, <see cref="OutputSize"/>]; must not overlap the inputs or the state.</param>
    /// <exception cref="ArgumentException">A length does not fit, memory overlaps, an index is none, or what lies between layers would not fit memory; nothing has been written.</exception>
    void Run(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs);
}

/// <summary>Marks a network that can run one time step after another, where its class is not known: every <see cref="IStreamingNetwork{TSelf}"/>.</summary>
public interface IStreamingNetwork;

/// <summary>A network that can run one time step after another. One with a layer that runs in reverse cannot.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public interface IStreamingNetwork<TSelf> : INetwork<TSelf>, IStreamingNetwork
    where TSelf : class, IStreamingNetwork<TSelf>
{
    /// <summary>Runs one time step of one stream. Allocates nothing.</summary>
    /// <param name="input"><c>InputSize</c> floats.</param>
    /// <param name="state"><c>StateSize</c> floats: in, the state before the step (from <c>StartState</c> where a stream begins); out, after it. Must not overlap the input.</param>
    /// <param name="output">Receives <c>OutputSize</c> floats; must not overlap the input or the state.</param>
    /// <exception cref="ArgumentException">A length does not fit, memory overlaps, or an index is none; nothing has been written.</exception>
    void Step(ReadOnlySpan<float> input, Span<float> state, Span<float> output);

    /// <summary>Runs one time step of many streams; the same bits as one <see cref="Step"/> for each. Allocates nothing.</summary>
    /// <param name="streams">How many streams; may be 0.</param>
    /// <param name="inputs">[streams, <c>InputSize</c>], one row for each stream.</param>
    /// <param name="states">[streams, <c>StateSize</c>], one row for each stream; must not overlap the inputs.</param>
    /// <param name="outputs">Receives [streams, <c>OutputSize</c>]; must not overlap the inputs or the states.</param>
    /// <exception cref="ArgumentException">A length does not fit, memory overlaps, or an index is none; nothing has been written.</exception>
    void StepMany(int streams, ReadOnlySpan<float> inputs, Span<float> states, Span<float> outputs);
}

/// <summary>A network that can be trained by back-propagation through time.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public interface ITrainableNetwork<TSelf> : INetwork<TSelf>
    where TSelf : class, ITrainableNetwork<TSelf>
{
    /// <summary>Floats that <c>Forward</c> keeps for <see cref="Backward"/>.</summary>
    /// <param name="steps">Time steps of the sequence; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer, or more than one array can hold the tape of.</exception>
    static abstract int TapeSize(int steps);

    /// <summary>
    /// The values of the equations that lie on a tape, layer after layer; none where a network tells of none. Which these are is the generator's choice, and may be
    /// another with the next version: what a backward pass needs.
    /// </summary>
    static virtual ReadOnlySpan<TapeValue> TapeValues => [];

    /// <summary>Runs a whole sequence like <see cref="INetwork{TSelf}.Run"/>, to the same bits unless inference has its weights in fewer bytes (<see cref="NetworkAttribute.Weights"/>), and keeps what <see cref="Backward"/> needs. Nothing is left to chance.</summary>
    /// <param name="inputs">[steps, <c>InputSize</c>], row after row.</param>
    /// <param name="state"><c>StateSize</c> floats: in, the state before the first step; out, after the last, as in <see cref="INetwork{TSelf}.Run"/>. Must not overlap the inputs.</param>
    /// <param name="outputs">Receives [steps, <c>OutputSize</c>]; must not overlap the inputs or the state.</param>
    /// <param name="tape">Receives <see cref="TapeSize"/>(steps) floats; must overlap nothing else.</param>
    /// <exception cref="ArgumentException">A length does not fit, memory overlaps, or an index is none; nothing has been written.</exception>
    void Forward(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape);

    /// <summary>
    /// Runs a whole sequence like the other <see cref="Forward(ReadOnlySpan{float}, Span{float}, Span{float}, Span{float})"/>, but with what training
    /// leaves to chance: <see cref="LayerAttribute.Dropout"/>, <see cref="LayerAttribute.Zoneout"/> and <see cref="LayerAttribute.RecurrentDropout"/>. In a network
    /// without them both are the same.
    /// </summary>
    /// <param name="inputs">[steps, <c>InputSize</c>], row after row.</param>
    /// <param name="state"><c>StateSize</c> floats: in, the state before the first step; out, after the last, as in <see cref="INetwork{TSelf}.Run"/>. Must not overlap the inputs.</param>
    /// <param name="outputs">Receives [steps, <c>OutputSize</c>]; must not overlap the inputs or the state.</param>
    /// <param name="tape">Receives <see cref="TapeSize"/>(steps) floats; must overlap nothing else.</param>
    /// <param name="seed">Chooses what is dropped and kept: the same on every machine and instruction set.</param>
    /// <exception cref="ArgumentException">A length does not fit, memory overlaps, or an index is none; nothing has been written.</exception>
    void Forward(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs, Span<float> tape, ulong seed);

    /// <summary>Carries the gradient of a loss back through a sequence that <c>Forward</c> has run. No two spans may overlap.</summary>
    /// <param name="outputGradients">[steps, <c>OutputSize</c>]: the loss's gradient by each output.</param>
    /// <param name="stateGradients"><c>StateSize</c> floats: in, the gradient by the final state; out, by the initial state.</param>
    /// <param name="tape">What <c>Forward</c> wrote.</param>
    /// <param name="parameterGradients"><c>ParameterCount</c> floats in the order of <c>Parameters</c>; the gradient is added to them.</param>
    /// <param name="inputGradients">Receives [steps, <c>InputSize</c>], or is empty where nobody needs them.</param>
    /// <exception cref="ArgumentException">A length does not fit, memory overlaps, or an index is none; nothing has been written.</exception>
    void Backward(
        ReadOnlySpan<float> outputGradients,
        Span<float> stateGradients,
        ReadOnlySpan<float> tape,
        Span<float> parameterGradients,
        Span<float> inputGradients);

    /// <summary>
    /// Runs a batch of sequences, each to the bits that <c>Forward</c> gives it alone, and keeps what <see cref="BackwardMany"/> needs. Where the
    /// network has weights enough, several sequences go through them at once.
    /// </summary>
    /// <param name="lengths">Time steps of each sequence, in any order; a sequence may have 0.</param>
    /// <param name="inputs">[steps, <c>InputSize</c>] of each sequence, one sequence behind another.</param>
    /// <param name="states">[sequences, <c>StateSize</c>]: in, the state of each before its first step; out, after its last. Must not overlap the inputs.</param>
    /// <param name="outputs">Receives [steps, <c>OutputSize</c>] of each sequence, one behind another; must not overlap the inputs or the states.</param>
    /// <param name="tape">Receives <see cref="TapeSize"/>(time steps of all sequences together) floats, in an order of the network's own; must overlap nothing else.</param>
    /// <param name="seeds">For each sequence what chooses what is dropped and kept; empty to leave nothing to chance.</param>
    /// <exception cref="ArgumentException">A length does not fit, memory overlaps, or an index is none; nothing has been written.</exception>
    void ForwardMany(
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<float> inputs,
        Span<float> states,
        Span<float> outputs,
        Span<float> tape,
        ReadOnlySpan<ulong> seeds);

    /// <summary>
    /// Carries the gradient of a loss back through a batch of sequences that <see cref="ForwardMany"/> has run. No two spans may overlap. In which order the
    /// gradients of parameters are added is a function of the network's shapes and the lengths alone.
    /// </summary>
    /// <param name="lengths">As they were given to <see cref="ForwardMany"/>.</param>
    /// <param name="outputGradients">[steps, <c>OutputSize</c>] of each sequence, one behind another: the loss's gradient by each output.</param>
    /// <param name="stateGradients">[sequences, <c>StateSize</c>]: in, the gradient by each final state; out, by each initial state.</param>
    /// <param name="tape">What <see cref="ForwardMany"/> wrote.</param>
    /// <param name="parameterGradients"><c>ParameterCount</c> floats in the order of <c>Parameters</c>; the gradient of all sequences is added to them.</param>
    /// <param name="inputGradients">Receives [steps, <c>InputSize</c>] of each sequence, one behind another, or is empty where nobody needs them.</param>
    /// <exception cref="ArgumentException">A length does not fit, memory overlaps, or an index is none; nothing has been written.</exception>
    void BackwardMany(
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<float> outputGradients,
        Span<float> stateGradients,
        ReadOnlySpan<float> tape,
        Span<float> parameterGradients,
        Span<float> inputGradients);

    /// <summary>
    /// Adds the gradient by the initial state to the gradients of the learned initial values. To be called behind <see cref="Backward"/> where the
    /// sequence began with what <see cref="INetwork{TSelf}.StartState"/> wrote; without learned initial values it changes nothing.
    /// </summary>
    /// <param name="stateGradients"><c>StateSize</c> floats: the gradient by the initial state, as <see cref="Backward"/> gave it.</param>
    /// <param name="parameterGradients"><c>ParameterCount</c> floats in the order of <c>Parameters</c>, which are added to; must not overlap the others.</param>
    /// <exception cref="ArgumentException">A length does not fit, or memory overlaps; nothing has been written.</exception>
    void BackwardStart(ReadOnlySpan<float> stateGradients, Span<float> parameterGradients);

    /// <summary>Replaces the parameters. No other thread may use the network meanwhile.</summary>
    /// <param name="parameters"><c>ParameterCount</c> floats in the order of <c>Parameters</c>; copied.</param>
    /// <exception cref="ArgumentException">The length is not <c>ParameterCount</c>.</exception>
    void SetParameters(ReadOnlySpan<float> parameters);
}
