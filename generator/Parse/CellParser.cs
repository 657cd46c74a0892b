using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using OutputKind = Recurrent.Gen.Graph.OutputKind;

namespace Recurrent.Gen.Parse;

/// <summary>Reads the equations of a <c>[Cell]</c> struct from its method <c>Step</c>.</summary>
public static class CellParser
{
    /// <summary>The cell's graph, or null where there is a problem.</summary>
    public static CellEquations? Parse(INamedTypeSymbol cell, Compilation compilation, Problems problems, CancellationToken cancellation)
    {
        if (StepSignature.Read(cell, problems) is not { } signature)
        {
            return null;
        }

        int before = problems.Count;
        SyntaxTree tree = signature.Method.DeclaringSyntaxReferences[0].SyntaxTree;
        if (!compilation.ContainsSyntaxTree(tree))
        {
            problems.Fail();
            return null;
        }

        EquationReader equations = new(signature, problems, cancellation);
        equations.Read(compilation.GetSemanticModel(tree));
        List<EquatableArray<string>> declared = signature.Parameters.Select(parameter => Declared(parameter, problems)).ToList();
        CellStart[] starts = Enumerable.Repeat(CellStart.Usual, signature.Parameters.Count).ToArray();
        List<CellTensor> tensors = TensorReader.Read(signature, starts, problems);
        if (equations.Results.Count == 0)
        {
            problems.Fail();
        }

        if (problems.Count > before)
        {
            return null;
        }

        CellEquations read = new(
            cell.Name,
            signature.Input.Name,
            signature.States.Select(state => new CellState(state.Name, 1, EquatableArray<string>.Empty)).ToEquatableArray(),
            signature.Parameters.Select((parameter, i) => new CellVariable(parameter.Name, RuntimeTypes.IsVec(parameter.Type) ? 1 : 2, declared[i], starts[i])).ToEquatableArray(),
            signature.Settings.Select(setting => new CellSetting(
                setting.Name, SettingKind.Choice, setting.HasExplicitDefaultValue ? System.Convert.ToDouble(setting.ExplicitDefaultValue) : null, setting.Type.Name)).ToEquatableArray(),
            tensors.ToEquatableArray(),
            new OpGraph(equations.Ops.ToEquatableArray(), equations.Names.ToEquatableArray(), Outputs(signature, equations).ToEquatableArray()));
        BoundCell trial = CellBinding.Bind(read, new Dictionary<string, int>(), signature.Settings.ToDictionary(setting => setting.Name, _ => 0.0));
        ReportShapes(trial, signature, equations, problems);
        foreach (BindingFault fault in trial.Faults)
        {
            problems.Report(Descriptors.InvalidTensor, signature.Method.Locations.FirstOrDefault(), "?", fault.What);
        }

        return problems.Count > before ? null : read;
    }

    private static IEnumerable<GraphOutput> Outputs(StepSignature signature, EquationReader equations)
    {
        yield return new GraphOutput(OutputKind.Output, 0, equations.Results[0]);
        for (int i = 0; i < signature.States.Count; i++)
        {
            yield return new GraphOutput(OutputKind.NextState, i, equations.Results[i]);
        }
    }

    private static EquatableArray<string> Declared(IParameterSymbol parameter, Problems problems)
    {
        int rank = RuntimeTypes.IsVec(parameter.Type) ? 1 : 2;
        if (RuntimeTypes.Attribute(parameter, "ShapeAttribute") is not { } attribute)
        {
            return EquatableArray<string>.Empty;
        }

        List<string>? given = [];
        foreach (TypedConstant dimension in attribute.Elements(0))
        {
            string? dim = dimension.Value switch
            {
                string name when Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(name) => name,
                int size and > 0 => size.ToText(),
                _ => null,
            };
            if (dim is null)
            {
                given = null;
                break;
            }

            given.Add(dim);
        }

        if (given?.Count != rank)
        {
            problems.Report(
                Descriptors.InvalidShape,
                attribute.Place(parameter),
                parameter.Name,
                rank == 1 ? "a Vec has one dimension" : "a Mat has two dimensions, rows and columns");
            given = null;
        }

        return given is null ? EquatableArray<string>.Empty : given.ToEquatableArray();
    }

    private static void ReportShapes(BoundCell shapes, StepSignature signature, EquationReader equations, Problems problems)
    {
        foreach (ShapeMismatch mismatch in shapes.Mismatches)
        {
            SyntaxNode source = equations.Sources[mismatch.At < 0 ? 0 : mismatch.At];
            IParameterSymbol leaf = mismatch.Leaf.Kind switch
            {
                OpKind.State => signature.States[mismatch.Leaf.A],
                OpKind.Parameter => signature.Parameters[mismatch.Leaf.A],
                _ => signature.Input,
            };
            problems.Report(
                Descriptors.ShapeMismatch,
                mismatch.At < 0 ? leaf.Locations.FirstOrDefault() : source.GetLocation(),
                Size(mismatch.Axis, leaf.Name),
                mismatch.Has.ToString(),
                mismatch.By < 0 ? "its declaration" : $"'{equations.Sources[mismatch.By].Quote()}'",
                mismatch.At < 0 ? "its declaration" : mismatch.IsResult ? $"the result '{source.Quote()}'" : $"'{source.Quote()}'",
                mismatch.Wanted.ToString());
        }

        if (shapes.Mismatches.Count == 0)
        {
            foreach (IGrouping<int, OpenDimension> open in shapes.Open.GroupBy(dimension => dimension.Parameter))
            {
                IParameterSymbol parameter = signature.Parameters[open.Key];
                problems.Report(
                    Descriptors.OpenDimension,
                    parameter.Locations.FirstOrDefault(),
                    string.Join(" and ", open.Select(dimension => Size(dimension.Axis, parameter.Name))));
            }
        }
    }

    private static string Size(Axis axis, string name) => axis switch
    {
        Axis.Rows => $"the number of rows of '{name}'",
        Axis.Columns => $"the number of columns of '{name}'",
        _ => $"the length of '{name}'",
    };
}
