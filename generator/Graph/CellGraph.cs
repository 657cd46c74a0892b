using Recurrent.Gen.Model;

namespace Recurrent.Gen.Graph;

/// <summary>A parameter of a cell: a matrix or a vector of weights.</summary>
public readonly record struct CellParameter(string Name, Shape Shape);

/// <summary>A tensor of the weight file: parameters (by number) stacked row after row, and the distribution they start from.</summary>
/// <param name="Name">The name behind the layer's prefix.</param>
/// <param name="Parts">Numbers of the stacked parameters.</param>
/// <param name="Initializer">The name of a member of the runtime's enumeration <c>Initializer</c>.</param>
/// <param name="Fan">The dimension that a uniform distribution's bounds follow from.</param>
public readonly record struct CellTensor(string Name, EquatableArray<int> Parts, string Initializer, Dim Fan);

/// <summary>A cell: its equations and the names of what they read.</summary>
/// <param name="Name">The name of the cell's struct.</param>
/// <param name="Input">The name of the input.</param>
/// <param name="States">The names of the states; their shapes stand in the graph.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Settings">The names of the constants that a layer's attribute settles, such as <c>activation</c>.</param>
/// <param name="Tensors">Every parameter once, in the order of the weight file.</param>
/// <param name="Body">The equations: one <see cref="OutputKind.Output"/> and one <see cref="OutputKind.NextState"/> for each state.</param>
public sealed record CellGraph(
    string Name,
    string Input,
    EquatableArray<string> States,
    EquatableArray<CellParameter> Parameters,
    EquatableArray<string> Settings,
    EquatableArray<CellTensor> Tensors,
    OpGraph Body);
