using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Recurrent.Gen.Parse;

/// <summary>Reads attributes, also half-typed ones.</summary>
public static class AttributeReading
{
    /// <summary>The elements of an argument that is an array; none where it is missing.</summary>
    public static IReadOnlyList<TypedConstant> Elements(this AttributeData attribute, int argument) =>
        argument < attribute.ConstructorArguments.Length
        && attribute.ConstructorArguments[argument] is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? array.Values
            : [];

    /// <summary>The value of an argument; null where it is missing, no constant, or an array.</summary>
    public static object? Value(this AttributeData attribute, int argument) =>
        argument < attribute.ConstructorArguments.Length ? attribute.ConstructorArguments[argument].Single() : null;

    /// <summary>The value of a property that the attribute sets; null where it does not.</summary>
    public static TypedConstant? Named(this AttributeData attribute, string property)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == property)
            {
                return argument.Value;
            }
        }

        return null;
    }

    public static object? Single(this TypedConstant constant) =>
        constant.Kind is TypedConstantKind.Array or TypedConstantKind.Error ? null : constant.Value;

    /// <summary>The name of the enumeration's member that the constant is; null where it is none.</summary>
    public static string? MemberName(this TypedConstant constant)
    {
        if (constant is not { Kind: TypedConstantKind.Enum, Value: { } value, Type: { } type })
        {
            return null;
        }

        return type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value))?.Name;
    }

    /// <summary>Where the attribute is written; else where its owner is.</summary>
    public static Location? Place(this AttributeData attribute, ISymbol owner) =>
        attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? owner.Locations.FirstOrDefault();

    /// <summary>Where the argument for a constructor's parameter or a property is written; else where the attribute is.</summary>
    public static Location? Place(this AttributeData attribute, ISymbol owner, string argumentName)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax { ArgumentList.Arguments: { } arguments })
        {
            return attribute.Place(owner);
        }

        int position = 0;
        foreach (AttributeArgumentSyntax argument in arguments)
        {
            string? name = argument.NameEquals?.Name.Identifier.ValueText ?? argument.NameColon?.Name.Identifier.ValueText;
            if (name is null && attribute.AttributeConstructor is { } constructor && position < constructor.Parameters.Length)
            {
                name = constructor.Parameters[position].Name;
            }

            if (string.Equals(name, argumentName, StringComparison.OrdinalIgnoreCase))
            {
                return argument.Expression.GetLocation();
            }

            position++;
        }

        return attribute.Place(owner);
    }
}
