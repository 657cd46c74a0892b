using System;
using System.Linq;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>The names of what is emitted for a layer.</summary>
public sealed class LayerNames
{
    public LayerNames(LayerPlan layer)
    {
        // What is emitted for a layer 'a' may begin with 'aInput', 'aStep', 'aLoad', 'aRecord' or 'aBackward'; another layer's name must not end so.
        string id = layer.Spec.Id;
        string letters = id.TrimEnd('_');
        bool isBeginning = new[] { nameof(Pass.Input), nameof(Pass.Step), nameof(Pass.Load), nameof(Pass.Record), nameof(Pass.Backward) }.Any(pass => letters.EndsWith(pass, StringComparison.Ordinal));
        string name = isBeginning ? id + "_" : id;
        Class = char.ToUpperInvariant(name[0]) + name.Substring(1);
        Field = "_" + char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    /// <summary>What the names of its classes begin with.</summary>
    public string Class { get; }

    /// <summary>What the names of its fields begin with.</summary>
    public string Field { get; }

    /// <summary>The class that packs the weights that a pass reads.</summary>
    public string PanelsOf(Pass pass) => Class + PanelsOf(pass, "Panels");

    /// <summary>The field that tells for vectors of how many lanes they are packed.</summary>
    public string LanesOf(Pass pass) => Field + PanelsOf(pass, "Lanes");

    public string ClassOf(Pass pass) => Class + pass;

    public string FieldOf(string role) => Field + role;

    /// <summary>The field that tells where they lie.</summary>
    public string PanelsAt(Pass pass) => Field + (pass == Pass.Load ? "Panels" : PanelsOf(pass, "Panels"));

    private static string PanelsOf(Pass pass, string role) => pass is Pass.Forward or Pass.Many ? role : pass + role;
}
