using System;
using System.IO;
using System.Runtime.InteropServices;
using Recurrent.Bench.Compare;
using TorchSharp;

namespace Recurrent.Bench.Peers;

/// <summary>libtorch through TorchSharp, on one thread.</summary>
public sealed class TorchPeer : IPeer
{
    public const string PeerName = "libtorch";

    private TorchPeer()
    {
    }

    public string Name => PeerName;

    /// <summary>Loads the native libraries.</summary>
    /// <exception cref="DllNotFoundException">They are not there, or want a newer system.</exception>
    public static IPeer[] Load()
    {
        // Asked first by ourselves: TorchSharp's own search for them prints pages, and copies what it finds.
        string folder = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        if (!File.Exists(Path.Combine(folder, Library("torch_cpu"))))
        {
            throw new DllNotFoundException("this build is without it; -p:Torch=true builds with it.");
        }

        NativeLibrary.Load(Path.Combine(folder, Library("LibTorchSharp")));
        torch.set_num_threads(1);
        torch.set_num_interop_threads(1);
        return [new TorchPeer()];
    }

    public IWork? Begin(Workload workload) => workload.Threads > 1 ? null : workload.Mode switch
    {
        Mode.Step => new TorchStep(workload),
        Mode.Train => new TorchTraining(workload),
        _ => null,
    };

    /// <summary>Gives a module the layer's weights.</summary>
    internal static void SetWeights(torch.nn.Module module, Layer layer)
    {
        using IDisposable noGradients = torch.no_grad();
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in module.named_parameters())
        {
            float[] values = name switch
            {
                "weight_ih" or "weight_ih_l0" => layer.InputWeights,
                "weight_hh" or "weight_hh_l0" => layer.HiddenWeights,
                "bias_ih" or "bias_ih_l0" => layer.InputBias,
                "bias_hh" or "bias_hh_l0" => layer.HiddenBias,
                _ => throw new ArgumentException($"libtorch's {layer.Cell} has a parameter {name}, which ours has not.", nameof(module)),
            };
            using torch.Tensor source = torch.tensor(values, parameter.shape);
            parameter.copy_(source);
        }
    }

    private static string Library(string name) =>
        OperatingSystem.IsWindows() ? name + ".dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
}
