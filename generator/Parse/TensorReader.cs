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
    public static List<CellTensor> Read(StepSignature signature, CellStart[] starts, Problems problems)
    {
        List<CellTensor> tensors = [];
        HashSet<int> used = [];
        foreach (AttributeData attribute in signature.Method.GetAttributes())
        {
            if (RuntimeTypes.Is(attribute.AttributeClass, "TensorAttribute") && ReadOne(attribute, signature, used, starts, problems) is { } tensor)
            {
                tensors.Add(tensor);
            }
        }

        for (int i = 0; i < signature.Parameters.Count; i++)
        {
            if (!used.Contains(i))
            {
                tensors.Add(new CellTensor(signature.Parameters[i].Name, new EquatableArray<int>([i])));
            }
        }

        foreach (IGrouping<string, CellTensor> same in tensors.GroupBy(tensor => tensor.Name).Where(group => group.Count() > 1))
        {
            problems.Report(Descriptors.InvalidTensor, signature.Method.Locations.FirstOrDefault(), same.Key, "another tensor of the cell has this name");
        }

        return tensors;
    }

    private static CellTensor? ReadOne(AttributeData attribute, StepSignature signature, HashSet<int> used, CellStart[] starts, Problems problems)
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
        foreach (int part in parts)
        {
            starts[part] = new CellStart(initializer, fan);
        }

        return new CellTensor(name, parts.ToEquatableArray());
    }
}
