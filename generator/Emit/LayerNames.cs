using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>The names of what is emitted for a layer.</summary>
public sealed class LayerNames
{
    public LayerNames(LayerPlan layer)
    {
        string name = layer.Spec.Id;
        Class = char.ToUpperInvariant(name[0]) + name.Substring(1);
        Field = "_" + char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    /// <summary>What the names of its classes begin with.</summary>
    public string Class { get; }

    /// <summary>What the names of its fields begin with.</summary>
    public string Field { get; }

    public string ClassOf(Pass pass) => Class + pass;

    public string FieldOf(string role) => Field + role;
}
