using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

public class ModelTests
{
    [Theory]
    [InlineData(typeof(NetworkSpec), typeof(CellGraph))]
    [InlineData(typeof(CellSpec), typeof(CellEquations))]
    public void A_model_holds_nothing_of_the_compiler_and_compares_by_value(Type model, Type cell)
    {
        IReadOnlyCollection<Type> types = Reachable(model);

        types.Where(type => type.Assembly.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)).ShouldBeEmpty();
        types.ShouldContain(cell);
        types.ShouldContain(typeof(Op));
        types.Where(type => !typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type) && !type.IsEnum && !type.IsArray && Nullable.GetUnderlyingType(type) is null).ShouldBeEmpty();
    }

    private static HashSet<Type> Reachable(Type root)
    {
        HashSet<Type> seen = [];
        Queue<Type> open = new([root]);
        while (open.TryDequeue(out Type? type))
        {
            if (!seen.Add(type))
            {
                continue;
            }

            foreach (Type argument in type.GenericTypeArguments)
            {
                open.Enqueue(argument);
            }

            if (type.HasElementType)
            {
                open.Enqueue(type.GetElementType()!);
            }

            if (type.Assembly == typeof(NetworkSpec).Assembly)
            {
                foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    open.Enqueue(field.FieldType);
                }
            }
        }

        return seen;
    }
}
