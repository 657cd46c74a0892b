using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Model;

/// <summary>A cell that this compilation declares.</summary>
/// <param name="TypeName">Its struct, fully qualified.</param>
/// <param name="FileName">What the names of its generated files begin with.</param>
/// <param name="Equations">Its equations.</param>
public sealed record CellSpec(string TypeName, string FileName, CellEquations Equations);
