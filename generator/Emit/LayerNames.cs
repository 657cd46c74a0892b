using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>The names of what is emitted for a layer.</summary>
public sealed class LayerNames
{
    public LayerNames(NetworkPlan network, LayerPlan layer)
    {
        string name = layer.Spec.Name;
        string pascal = char.ToUpperInvariant(name[0]) + name.Substring(1);
        bool isTaken = network.Layers.Any(other => other != layer
            && string.Equals(other.Spec.Name, name, System.StringComparison.OrdinalIgnoreCase));
        string position = network.Layers.TakeWhile(other => other != layer).Count().ToString(CultureInfo.InvariantCulture);
        Class = isTaken ? $"{pascal}Layer{position}" : pascal;
        Field = "_" + char.ToLowerInvariant(Class[0]) + Class.Substring(1);
    }

    /// <summary>What the names of its classes begin with.</summary>
    public string Class { get; }

    /// <summary>What the names of its fields begin with.</summary>
    public string Field { get; }

    public string ClassOf(Pass pass) => Class + pass;

    public string FieldOf(string role) => Field + role;
}
