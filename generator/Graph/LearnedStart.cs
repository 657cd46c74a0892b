using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Graph;

/// <summary>Initial values of states that are parameters: no equation reads them, a stream begins with them.</summary>
public static class LearnedStart
{
    /// <summary>The name of a state's initial value in files.</summary>
    public static string NameOf(string state) => state + "0";

    /// <summary>The cell with a learned initial value for every state, zeros before training, behind its other parameters. Those that it has stay as they are.</summary>
    /// <param name="cell">A cell whose shapes are known.</param>
    public static CellGraph OfAllStates(CellGraph cell)
    {
        List<CellParameter> parameters = [.. cell.Parameters];
        List<CellTensor> tensors = [.. cell.Tensors];
        int[] initial = new int[cell.States.Count];
        for (int state = 0; state < initial.Length; state++)
        {
            initial[state] = Of(cell, state);
            if (initial[state] < 0)
            {
                string name = NameOf(cell.States[state]);
                initial[state] = parameters.Count;
                tensors.Add(new CellTensor(name, new EquatableArray<int>([parameters.Count])));
                parameters.Add(new CellParameter(name, CellBinding.StateShape(cell, state), "Zeros", Dim.Hidden));
            }
        }

        return cell with { Parameters = parameters.ToEquatableArray(), Tensors = tensors.ToEquatableArray(), Initial = initial.ToEquatableArray() };
    }

    /// <summary>The number of the parameter that a state starts from, or -1 where it starts from zeros.</summary>
    public static int Of(CellGraph cell, int state) => cell.Initial.Count == 0 ? -1 : cell.Initial[state];
}
