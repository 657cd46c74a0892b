using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Recurrent.Tests.Pipeline;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>The networks that the theories run over, compiled together: one compilation is cheaper than many.</summary>
public static class Networks
{
    /// <summary>Sizes on both sides of every multiple of 8 and of 16, and every kind of tail.</summary>
    private static readonly int[] Sizes = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 47, 48, 63, 64, 65, 67];

    private static readonly Lazy<IReadOnlyDictionary<string, CompiledNetwork>> Compiled = new(Compile);

    /// <summary>Every layer of the runtime, each size once as its input and once as its output.</summary>
    public static IReadOnlyList<NetworkDeclaration> Single { get; } = NetworkDeclaration.LayerAttributes.SelectMany(Spread).ToArray();

    /// <summary>Layers on top of each other, 2 to 4 of them.</summary>
    public static IReadOnlyList<NetworkDeclaration> Stacks { get; } = Enumerable.Range(0, 12).Select(Stack).ToArray();

    /// <summary>The name of every network, with every instruction set of this machine.</summary>
    public static TheoryData<string, InstructionSet> OnEveryInstructionSet => Cross(Single.Concat(Stacks));

    /// <summary>The name of every network.</summary>
    public static TheoryData<string> All => new(Single.Concat(Stacks).Select(declaration => declaration.Name));

    /// <summary>Finds a network by its name.</summary>
    public static CompiledNetwork Get(string name) => Compiled.Value[name];

    /// <summary>Pairs networks with the instruction sets of this machine.</summary>
    public static TheoryData<string, InstructionSet> Cross(IEnumerable<NetworkDeclaration> declarations)
    {
        TheoryData<string, InstructionSet> rows = [];
        foreach (NetworkDeclaration declaration in declarations)
        {
            foreach (InstructionSet instructionSet in InstructionSets.Supported)
            {
                rows.Add(declaration.Name, instructionSet);
            }
        }

        return rows;
    }

    private static IEnumerable<NetworkDeclaration> Spread(Type attribute)
    {
        string kind = attribute.Name[..^nameof(Attribute).Length];
        for (int i = 0; i < Sizes.Length; i++)
        {
            // 7 has no divisor in common with the number of sizes: each is an input once, next to outputs of another tail.
            int input = NetworkDeclaration.ReadsIndex(attribute) ? 1 : Sizes[((7 * i) + 3) % Sizes.Length];
            yield return new NetworkDeclaration($"{kind}{input}To{Sizes[i]}", input, NetworkDeclaration.Layer(attribute, Sizes[i], i));
        }
    }

    private static NetworkDeclaration Stack(int index)
    {
        Random random = new(100 + index);
        int count = 2 + (index % 3);
        List<string> layers = [];
        int input = Sizes[random.Next(12)];
        for (int layer = 0; layer < count; layer++)
        {
            Type[] choices = NetworkDeclaration.LayerAttributes.Where(attribute => layer == 0 || !NetworkDeclaration.ReadsIndex(attribute)).ToArray();
            Type chosen = choices[(index + (layer * 3)) % choices.Length];
            input = NetworkDeclaration.ReadsIndex(chosen) ? 1 : input;
            layers.Add(NetworkDeclaration.Layer(chosen, Sizes[random.Next(15)], random.Next(100)));
        }

        return new NetworkDeclaration($"Stack{index}Of{count}", input, [.. layers]);
    }

    private static IReadOnlyDictionary<string, CompiledNetwork> Compile()
    {
        NetworkDeclaration[] declarations = [.. Single, .. Stacks];
        Assembly assembly = Consumer.Build(string.Concat(declarations.Select(declaration => declaration.Source))).Assembly;
        return declarations.ToDictionary(
            declaration => declaration.Name,
            declaration => new CompiledNetwork(declaration, NetworkClass.Of(assembly.GetType(declaration.Name, throwOnError: true)!)));
    }
}
