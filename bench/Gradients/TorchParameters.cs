using System.Collections.Generic;
using Recurrent.Tests.Training.Shapes;
using TorchSharp;

namespace Recurrent.Bench.Gradients;

/// <summary>Parameters of libtorch's modules under the names of our tensors.</summary>
internal static class TorchParameters
{
    /// <summary>Gives a module the numbers that <see cref="TorchTask"/> has for our names.</summary>
    /// <param name="module">The module.</param>
    /// <param name="name">What our layer's tensors begin with.</param>
    public static IReadOnlyList<(string Name, torch.Tensor Tensor)> Set(torch.nn.Module module, string name)
    {
        using System.IDisposable noGradients = torch.no_grad();
        List<(string Name, torch.Tensor Tensor)> named = [];
        foreach ((string own, TorchSharp.Modules.Parameter parameter) in module.named_parameters())
        {
            string ours = $"{name}.{own}";
            using torch.Tensor values = torch.tensor(TorchTask.Parameter(ours, (int)parameter.numel()), parameter.shape, dtype: torch.float64);
            parameter.copy_(values);
            named.Add((ours, parameter));
        }

        return named;
    }
}
