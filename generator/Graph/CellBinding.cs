using System.Collections.Generic;

namespace Recurrent.Gen.Graph;

/// <summary>Puts a layer's sizes and settings into its cell.</summary>
public static class CellBinding
{
    /// <summary>The cell with settings and choices settled and every shape inferred.</summary>
    public static BoundCell Bind(CellEquations cell, IReadOnlyDictionary<string, int> sizes, IReadOnlyDictionary<string, double> settings) =>
        throw new System.NotImplementedException();
}
