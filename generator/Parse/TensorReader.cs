using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Parse;

/// <summary>Reads the attributes <c>[Tensor]</c> of a cell's <c>Step</c>: how files hold its parameters.</summary>
public static class TensorReader
{
    private const string Uniform = "Uniform";

    /// <summary>The tensors, in order; parameters that no attribute names are tensors of their own behind them.</summary>
    public static List<CellTensor> Read(StepSignature signature, Problems problems)
    {
        List<CellTensor> tensors = [];
        HashSet<int> used = [];
        foreach (AttributeData attribute in signature.Method.GetAttributes())
        {
            if (RuntimeTypes.Is(attribute.AttributeClass, "TensorAttribute") && ReadOne(attribute, signature, used, problems) is { } tensor)
            {
                tensors.Add(tensor);
            }
        }

        for (int i = 0; i < signature.Parameters.Count; i++)
        {
            if (!used.Contains(i))
            {
                tensors.Add(new CellTensor(signature.Parameters[i].Name, new EquatableArray<int>([i]), Uniform, Dim.Hidden));
            }
        }

        foreach (IGrouping<string, CellTensor> same in tensors.GroupBy(tensor => tensor.Name).Where(group => group.Count() > 1))
        {
            problems.Report(Descriptors.InvalidTensor, signature.Method.Locations.FirstOrDefault(), same.Key, "another tensor of the cell has this name");
        }

        return tensors;
    }

    /// <summary>Reports tensors whose parts cannot be stacked.</summary>
    public static void CheckStacking(StepSignature signature, IReadOnlyList<CellTensor> tensors, IReadOnlyList<Shape> shapes, Problems problems)
    {
        foreach (CellTensor tensor in tensors)
        {
            Shape first = shapes[tensor.Parts[0]];
            foreach (int part in tensor.Parts)
            {
                if (shapes[part].Rank != first.Rank || shapes[part].Columns != first.Columns)
                {
                    problems.Report(
                        Descriptors.InvalidTensor,
                        signature.Method.Locations.FirstOrDefault(),
                        tensor.Name,
                        $"its parts are stacked row after row, and '{signature.Parameters[part].Name}' is {shapes[part]}, '{signature.Parameters[tensor.Parts[0]].Name}' {first}");
                    break;
                }
            }
        }
    }

    private static CellTensor? ReadOne(AttributeData attribute, StepSignature signature, HashSet<int> used, Problems problems)
    {
        if (attribute.Value(0) is not string { Length: > 0 } name || attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Error))
        {
            problems.Fail();
            return null;
        }

        IReadOnlyList<TypedConstant> given = attribute.Elements(1);
        if (given.Count == 0)
        {
            problems.Report(Descriptors.InvalidTensor, attribute.Place(signature.Method), name, "it names no parameter");
            return null;
        }

        List<int> parts = [];
        foreach (TypedConstant element in given)
        {
            string? part = element.Single() as string;
            int number = signature.Parameters.TakeWhile(parameter => parameter.Name != part).Count();
            if (number == signature.Parameters.Count)
            {
                problems.Report(Descriptors.InvalidTensor, attribute.Place(signature.Method), name, $"'{part}' is no Vec or Mat parameter of 'Step'");
                return null;
            }

            if (!used.Add(number))
            {
                problems.Report(Descriptors.InvalidTensor, attribute.Place(signature.Method), name, $"'{part}' already belongs to a tensor");
                return null;
            }

            parts.Add(number);
        }

        string initializer = Uniform;
        if (attribute.Named("Initializer") is { } chosen)
        {
            if (chosen.MemberName() is not string member)
            {
                problems.Report(Descriptors.InvalidTensor, attribute.Place(signature.Method, "Initializer"), name, "its Initializer is no member of the enumeration");
                return null;
            }

            initializer = member;
        }

        string fan = attribute.Named("Fan")?.Single() as string ?? Dim.Hidden.Name!;
        return new CellTensor(name, parts.ToEquatableArray(), initializer, new Dim(fan));
    }
}
