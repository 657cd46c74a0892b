using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Recurrent.Gen.Parse;

/// <summary>How symbols and pieces of source are written in messages, file names and code.</summary>
public static class Spelling
{
    public static string ToText(this int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name, with an @ where it is a keyword.</summary>
    public static string Escaped(this string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>A piece of source on one line, cut where it is long.</summary>
    public static string Quote(this SyntaxNode node)
    {
        StringBuilder text = new();
        foreach (char c in node.ToString())
        {
            if (!char.IsWhiteSpace(c))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && text[text.Length - 1] != ' ')
            {
                text.Append(' ');
            }
        }

        return text.Length <= 60 ? text.ToString() : text.ToString(0, 57) + "...";
    }

    public static string LowerFirst(this string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);

    public static bool IsGenericOrNestedInGeneric(this INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.Arity > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether every file of the assembly can name the type.</summary>
    public static bool IsVisibleInAssembly(this INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsFileLocal || outer.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The type's full name, as the name of a generated file.</summary>
    /// <remarks>
    /// The compiler tells generated files apart without regard to case. Where the type has a neighbour whose name differs in case
    /// alone, the name gets a mark that follows from its spelling.
    /// </remarks>
    public static string FileName(this INamedTypeSymbol type)
    {
        string name = "";
        bool isAmbiguous = false;
        for (INamespaceOrTypeSymbol? symbol = type; symbol is not null and not INamespaceSymbol { IsGlobalNamespace: true }; symbol = Container(symbol))
        {
            name = name.Length == 0 ? symbol.Name : symbol.Name + (symbol is INamespaceSymbol ? "." : "+") + name;
            foreach (ISymbol member in Container(symbol)?.GetMembers() ?? [])
            {
                isAmbiguous |= member is INamespaceOrTypeSymbol
                    && member.Name != symbol.Name
                    && string.Equals(member.Name, symbol.Name, System.StringComparison.OrdinalIgnoreCase);
            }
        }

        return isAmbiguous ? name + "-" + Mark(name) : name;
    }

    private static INamespaceOrTypeSymbol? Container(INamespaceOrTypeSymbol symbol) =>
        symbol.ContainingType ?? (INamespaceOrTypeSymbol?)symbol.ContainingNamespace;

    /// <summary>FNV-1a.</summary>
    private static string Mark(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
