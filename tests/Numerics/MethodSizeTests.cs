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
        CompiledNetwork[] networks =
        [
            .. Networks.Running.Concat(Networks.Wide).Select(network => Networks.Get(network.Name)),
            .. AroundLayers.All.Select(network => AroundLayers.Get(network.Name)),
            .. RandomMasks.All.Concat(RandomMasks.Odd).Select(network => RandomMasks.Get(network.Name)),
        ];

        networks.SelectMany(TooLarge).ShouldBeEmpty();
        networks.Sum(network => Methods(network).Count()).ShouldBeGreaterThan(1000);
    }

    /// <summary>The methods of a network that have too many bytes of IL, or too many locals.</summary>
    internal static IEnumerable<string> TooLarge(CompiledNetwork network) =>
        from method in Methods(network)
        let body = method.GetMethodBody()
        let bytes = body.GetILAsByteArray()!.Length
        where bytes >= 30_000 || body.LocalVariables.Count >= 256
        select $"{method.DeclaringType}.{method.Name}: {bytes} bytes, {body.LocalVariables.Count} locals";

    private static IEnumerable<MethodInfo> Methods(CompiledNetwork network) =>
        Types(network.Class.Type).SelectMany(type => type.GetMethods(Everything)).Where(method => method.GetMethodBody() is not null);

    private static IEnumerable<Type> Types(Type type) => type.GetNestedTypes(Everything).SelectMany(Types).Prepend(type);
}
