using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recurrent.Tests.Conformance;

/// <summary>
/// Reads a PyTorch <c>state_dict</c> that was written as JSON.
/// </summary>
/// <remarks>
/// Values are laid out as the networks want them. Only the names of stacked layers differ: layer 2 of the module <c>gru2</c> is
/// <c>gru2.weight_ih_l2</c> there, and a layer of its own here, called <c>gru2_2</c>, whose tensor is <c>gru2_2.weight_ih_l0</c>.
/// </remarks>
public static partial class TorchWeights
{
    public static IReadOnlyDictionary<string, Tensor> Read(JsonElement model) =>
        model.EnumerateObject().ToDictionary(tensor => NameOf(tensor.Name), tensor => Tensor.Of(tensor.Value));

    private static string NameOf(string name) => Stacked().Replace(name, "${module}_${layer}.${tensor}_l0");

    [GeneratedRegex(@"^(?<module>\w+)\.(?<tensor>(weight|bias)_[ih]h)_l(?<layer>\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Stacked();
}
