using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>The JIT compiles a method of more than 60,000 bytes of IL, or of very many locals, without optimising it.</summary>
public class MethodSizeTests
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Fact]
    public void Every_emitted_method_is_small_enough_to_be_optimised()
    {
        List<string> tooLarge = [];
        int methods = 0;
        foreach (NetworkDeclaration declaration in Networks.Running.Concat(Networks.Wide))
        {
            foreach (MethodBase method in Types(Networks.Get(declaration.Name).Class.Type).SelectMany(type => type.GetMethods(Everything)))
            {
                MethodBody? body = method.GetMethodBody();
                methods++;
                if (body is not null && (body.GetILAsByteArray()!.Length >= 30_000 || body.LocalVariables.Count >= 256))
                {
                    tooLarge.Add($"{method.DeclaringType}.{method.Name}: {body.GetILAsByteArray()!.Length} bytes, {body.LocalVariables.Count} locals");
                }
            }
        }

        tooLarge.ShouldBeEmpty();
        methods.ShouldBeGreaterThan(1000);
    }

    private static IEnumerable<Type> Types(Type type) => type.GetNestedTypes(Everything).SelectMany(Types).Prepend(type);
}
