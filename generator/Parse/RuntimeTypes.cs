using System.Linq;
using Microsoft.CodeAnalysis;

namespace Recurrent.Gen.Parse;

/// <summary>Tells the runtime's types by their names, which also works in the runtime's own compilation.</summary>
public static class RuntimeTypes
{
    public const string CellAttribute = "Recurrent.CellAttribute";
    public const string NetworkAttribute = "Recurrent.NetworkAttribute";
    public const string Equations = "Recurrent.Equations";

    public static bool IsVec(ITypeSymbol? type) => Is(type, "Vec");

    public static bool IsMat(ITypeSymbol? type) => Is(type, "Mat");

    public static bool IsActivation(ITypeSymbol? type) => type?.TypeKind == TypeKind.Enum && Is(type, "Activation");

    public static bool IsNumber(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_Double;

    /// <summary>Whether this is the type of that name in the namespace <c>Recurrent</c>.</summary>
    public static bool Is(ITypeSymbol? type, string name, int arity = 0) =>
        type is INamedTypeSymbol named
        && named.Name == name
        && named.Arity == arity
        && named.ContainingType is null
        && named.ContainingNamespace is { Name: "Recurrent", ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>The symbol's attribute of that name in the namespace <c>Recurrent</c>, or null.</summary>
    public static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => Is(attribute.AttributeClass, name));

    /// <summary>The cell that a layer attribute runs, or null where the class is no layer attribute of a cell.</summary>
    public static INamedTypeSymbol? CellOf(INamedTypeSymbol? attributeClass)
    {
        for (INamedTypeSymbol? type = attributeClass; type is not null; type = type.BaseType)
        {
            if (Is(type, "LayerAttribute", 1))
            {
                return type.TypeArguments[0] as INamedTypeSymbol;
            }
        }

        return null;
    }

    /// <summary>Whether an attribute class is a layer's, of whatever cell.</summary>
    public static bool IsLayer(INamedTypeSymbol? attributeClass)
    {
        for (INamedTypeSymbol? type = attributeClass; type is not null; type = type.BaseType)
        {
            if (Is(type, "LayerAttribute") || Is(type, "LayerAttribute", 1))
            {
                return true;
            }
        }

        return false;
    }
}
