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

    /// <summary>Layers whose kernels are larger than others may be: the JIT stops to optimise at 60,000 bytes, or at 2,000 locals.</summary>
    private static readonly string[] Large = ["GatedDeltaNet", "Rwkv7", "Ltc", "SmallLstm", "RgLru"];

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
                bool isLarge = Large.Any(name => declaration.Name.Contains(name, StringComparison.Ordinal));
                if (body is not null && (body.GetILAsByteArray()!.Length >= (isLarge ? 40_000 : 30_000) || body.LocalVariables.Count >= (isLarge ? 600 : 256)))
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
