using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Lower;

/// <summary>Walks through statements and expressions.</summary>
public static class Tree
{
    /// <summary>The statements and all statements inside them, in the order in which they are written.</summary>
    public static IEnumerable<Statement> All(this IEnumerable<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            yield return statement;
            if (statement.Inner.Count > 0)
            {
                foreach (Statement inner in statement.Inner.All())
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>The expressions that a statement evaluates, and all that they are computed from.</summary>
    public static IEnumerable<Expression> AllValues(this Statement statement) => statement.Values.SelectMany(All);

    /// <summary>The places that a statement names, in its expressions too.</summary>
    public static IEnumerable<Address> AllAddresses(this Statement statement) => statement.Addresses.Concat(statement.AllValues().Select(value => value switch
    {
        Load load => load.Address,
        LoadWords load => load.Address,
        Splat splat => splat.Address,
        LoadFour load => load.Address,
        Start start => start.Address,
        _ => null,
    }).OfType<Address>());

    private static IEnumerable<Expression> All(Expression expression) => expression.Operands.Count == 0 ? [expression] : expression.Operands.SelectMany(All).Append(expression);
}
