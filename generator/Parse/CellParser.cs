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
    /// <summary>The cell's equations, or null where there is a problem.</summary>
    public static CellEquations? Parse(INamedTypeSymbol cell, Compilation compilation, Problems problems, CancellationToken cancellation)
    {
        if (SignatureReader.Read(cell, problems) is not { } signature)
        {
            return null;
        }

        int before = problems.Count;
        EquationReader reader = new(signature, compilation, problems, cancellation);
        reader.Read();
        List<CellSetting> settings = signature.Settings.Select(Setting).ToList();
        TensorReader tensors = TensorReader.Read(signature, problems);
        List<CellState> states = signature.States.Select((state, i) => State(state, tensors.Initial[i], problems)).ToList();
        List<CellVariable> parameters = signature.Parameters
            .Select((parameter, i) => Variable(parameter, parameter.Name, tensors.Starts[i], problems))
            .ToList();
        for (int i = 0; i < states.Count; i++)
        {
            if (states[i].Initial >= 0)
            {
                parameters.Add(new CellVariable(TensorReader.InitialName(signature.States[i]), states[i].Rank, states[i].Dimensions, tensors.Starts[states[i].Initial]));
            }
        }

        if (reader.Results.Count < signature.Results.Count)
        {
            // What the compiler cannot read it reports itself.
            problems.Fail();
        }

        if (problems.Count > before)
        {
            return null;
        }

        CellEquations equations = new(
            cell.Name,
            signature.Input.Name,
            states.ToEquatableArray(),
            parameters.ToEquatableArray(),
            settings.ToEquatableArray(),
            tensors.Tensors.ToEquatableArray(),
            new OpGraph(reader.Ops.ToEquatableArray(), reader.Names.ToEquatableArray(), Outputs(signature, reader.Results).ToEquatableArray()));
        CellChecker checker = new(signature, equations, reader.Sources, problems);
        checker.Check();
        return problems.Count > before ? null : equations;
    }

    private static IEnumerable<GraphOutput> Outputs(StepSignature signature, IReadOnlyList<int> results)
    {
        yield return new GraphOutput(OutputKind.Output, 0, results[0]);
        for (int i = 0; i < signature.States.Count; i++)
        {
            yield return new GraphOutput(OutputKind.NextState, i, results[signature.NextStates[i]]);
        }
    }

    private static CellSetting Setting(IParameterSymbol parameter)
    {
        double? standard = parameter.HasExplicitDefaultValue && parameter.ExplicitDefaultValue is { } value ? EquationReader.Number(value) : null;
        return parameter.Type switch
        {
            { TypeKind: TypeKind.Enum } => new CellSetting(parameter.Name, SettingKind.Choice, standard, parameter.Type.Name),
            { SpecialType: SpecialType.System_Boolean } => new CellSetting(parameter.Name, SettingKind.Flag, standard),
            { SpecialType: SpecialType.System_Int32 } => new CellSetting(parameter.Name, SettingKind.Whole, standard),
            _ => new CellSetting(parameter.Name, SettingKind.Number, standard),
        };
    }

    private static CellState State(IParameterSymbol parameter, int initial, Problems problems)
    {
        EquatableArray<string> dimensions = Dimensions(parameter, problems);
        if (RuntimeTypes.IsMat(parameter.Type) && dimensions.Count == 0 && RuntimeTypes.Attribute(parameter, "ShapeAttribute") is null)
        {
            problems.Report(
                Descriptors.InvalidShape, parameter.Locations.FirstOrDefault(), parameter.Name, "a Mat that is a state says its rows and columns, such as [Shape(\"hidden\", \"hidden\")]");
        }

        return new CellState(parameter.Name, Rank(parameter), dimensions, initial);
    }

    private static CellVariable Variable(IParameterSymbol parameter, string name, CellStart start, Problems problems) =>
        new(name, Rank(parameter), Dimensions(parameter, problems), start);

    private static int Rank(IParameterSymbol parameter) => RuntimeTypes.IsVec(parameter.Type) ? 1 : RuntimeTypes.IsMat(parameter.Type) ? 2 : 0;

    private static EquatableArray<string> Dimensions(IParameterSymbol parameter, Problems problems)
    {
        if (RuntimeTypes.Attribute(parameter, "ShapeAttribute") is not { } attribute)
        {
            return EquatableArray<string>.Empty;
        }

        List<string> dimensions = [];
        string? wrong = null;
        foreach (TypedConstant dimension in attribute.Elements(0))
        {
            string text = dimension.Single() switch
            {
                string expression => expression,
                int size => size.ToText(),
                _ => "",
            };
            dimensions.Add(text);
            if (dimension.Single() is int and < 1)
            {
                wrong = $"{text} is no size, which is at least 1";
            }
            else if (!DimensionExpression.TryParse(text, out _, out string error))
            {
                wrong = $"'{text}' is no dimension: {error}";
            }
        }

        int rank = Rank(parameter);
        if (dimensions.Count != rank)
        {
            wrong = rank == 0 ? "a double has no dimensions" : rank == 1 ? "a Vec has one dimension" : "a Mat has two dimensions, rows and columns";
        }

        if (wrong is null)
        {
            return dimensions.ToEquatableArray();
        }

        problems.Report(Descriptors.InvalidShape, attribute.Place(parameter), parameter.Name, wrong);
        return EquatableArray<string>.Empty;
    }
}
