using Microsoft.ML.OnnxRuntime;
using Recurrent.Bench.Compare;

namespace Recurrent.Bench.Peers;

/// <summary>ONNX Runtime's LSTM and GRU on one thread, with tensors over arrays that stay where they are.</summary>
public sealed class OnnxRuntimePeer : IPeer
{
    public const string PeerName = "onnxruntime";

    private readonly bool _isBound;

    private OnnxRuntimePeer(bool isBound) => _isBound = isBound;

    public string Name => _isBound ? PeerName + "-bound" : PeerName;

    /// <summary>Loads the native library.</summary>
    /// <returns>One peer that is called as most programs call it, and one with bindings, the quickest way for a step.</returns>
    public static IPeer[] Load()
    {
        OrtEnv.Instance();
        return [new OnnxRuntimePeer(isBound: false), new OnnxRuntimePeer(isBound: true)];
    }

    public IWork? Begin(Workload workload) => workload.Mode switch
    {
        Mode.Step => new OnnxStep(workload, _isBound),
        Mode.Run when !_isBound => new OnnxSequence(workload),
        _ => null,
    };

    internal static InferenceSession Session(byte[] model, bool withArena)
    {
        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            EnableCpuMemArena = withArena,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        return new InferenceSession(model, options);
    }
}
