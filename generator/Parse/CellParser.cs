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
    public static CellGraph? Parse(INamedTypeSymbol cell, Compilation compilation, Problems problems, CancellationToken cancellation)
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
        List<UnshapedParameter> unshaped = signature.Parameters.Select(parameter => Unshaped(parameter, problems)).ToList();
        List<CellTensor> tensors = TensorReader.Read(signature, problems);
        if (equations.Results.Count == 0)
        {
            problems.Fail();
        }

        if (problems.Count > before)
        {
            return null;
        }

        ShapeInference shapes = ShapeInference.Infer(equations.Ops, unshaped, equations.Results);
        ReportShapes(shapes, signature, equations, problems);
        if (shapes.ValueShapes is not { } valueShapes || shapes.ParameterShapes is not { } parameterShapes)
        {
            return null;
        }

        TensorReader.CheckStacking(signature, tensors, parameterShapes, problems);
        return problems.Count > before ? null : new CellGraph(
            cell.Name,
            signature.Input.Name,
            signature.States.Select(state => state.Name).ToEquatableArray(),
            signature.Parameters.Select((parameter, i) => new CellParameter(parameter.Name, parameterShapes[i])).ToEquatableArray(),
            signature.Settings.Select(setting => setting.Name).ToEquatableArray(),
            tensors.ToEquatableArray(),
            new OpGraph(
                equations.Ops.Select((op, i) => op with { Shape = valueShapes[i] }).ToEquatableArray(),
                equations.Names.ToEquatableArray(),
                Outputs(signature, equations).ToEquatableArray()));
    }

    private static IEnumerable<GraphOutput> Outputs(StepSignature signature, EquationReader equations)
    {
        yield return new GraphOutput(OutputKind.Output, 0, equations.Results[0]);
        for (int i = 0; i < signature.States.Count; i++)
        {
            yield return new GraphOutput(OutputKind.NextState, i, equations.Results[i]);
        }
    }

    private static UnshapedParameter Unshaped(IParameterSymbol parameter, Problems problems)
    {
        int rank = RuntimeTypes.IsVec(parameter.Type) ? 1 : 2;
        if (RuntimeTypes.Attribute(parameter, "ShapeAttribute") is not { } attribute)
        {
            return new UnshapedParameter(parameter.Name, rank, null);
        }

        List<Dim>? given = [];
        foreach (TypedConstant dimension in attribute.Elements(0))
        {
            Dim? dim = dimension.Value switch
            {
                string name when Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(name) => new Dim(name),
                int size and > 0 => new Dim(size),
                _ => null,
            };
            if (dim is null)
            {
                given = null;
                break;
            }

            given.Add(dim.Value);
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

        return new UnshapedParameter(parameter.Name, rank, given);
    }

    private static void ReportShapes(ShapeInference shapes, StepSignature signature, EquationReader equations, Problems problems)
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
