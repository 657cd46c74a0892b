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
    /// <summary>Every remainder by 16, one vector or several in front of it, and both sides of the multiples.</summary>
    private static readonly int[] Sizes = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 20, 22, 26, 28, 31, 32, 33, 43, 45, 46, 64, 67];

    private static readonly Lazy<IReadOnlyDictionary<string, CompiledNetwork>> Compiled = new(Compile);

    private const int SizesWithoutState = 8;

    /// <summary>Every layer that has a state in all sizes, as inputs and as outputs; every other layer in 8 from their whole range.</summary>
    public static IReadOnlyList<NetworkDeclaration> Single { get; } = NetworkDeclaration.LayerAttributes.SelectMany(Spread).ToArray();

    /// <summary>Layers on top of each other, 2 to 4 of them.</summary>
    public static IReadOnlyList<NetworkDeclaration> Stacks { get; } = Enumerable.Range(0, 6).Select(Stack).ToArray();

    /// <summary>Every layer with every member of its settings, small enough to try every parameter.</summary>
    public static IReadOnlyList<NetworkDeclaration> Small { get; } = NetworkDeclaration.LayerAttributes.SelectMany(Every).ToArray();

    /// <summary>Every layer of the runtime, with sizes of its own, for the tables that name its tensors.</summary>
    public static IReadOnlyList<NetworkDeclaration> Named { get; } =
    [
        new("NamedRecurrent", 3, "Recurrent.Rnn(5)", "Recurrent.Lstm(7)", "Recurrent.Gru(4)", "Recurrent.Dense(2)"),
        new("NamedEmbedding", 1, "Recurrent.Embedding(9, 6)", "Recurrent.Gru(4)"),
    ];

    /// <summary>Layers wider than any sensible unrolling; these are compiled and not run.</summary>
    public static IReadOnlyList<NetworkDeclaration> Wide { get; } =
        NetworkDeclaration.LayerAttributes.Where(attribute => !NetworkDeclaration.ReadsIndex(attribute))
            .Select(attribute => new NetworkDeclaration($"Wide{attribute.Name}", 500, NetworkDeclaration.Layer(attribute, 512, 3))).ToArray();

    /// <summary>What is run.</summary>
    public static IEnumerable<NetworkDeclaration> Running => Single.Concat(Small).Concat(Stacks);

    /// <summary>The name of every network, with every instruction set of this machine.</summary>
    public static TheoryData<string, InstructionSet> OnEveryInstructionSet => Cross(Running);

    /// <summary>The name of every network.</summary>
    public static TheoryData<string> All => new(Running.Select(declaration => declaration.Name));

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

    private static IEnumerable<NetworkDeclaration> Spread(Type attribute, int position)
    {
        string kind = attribute.Name[..^nameof(Attribute).Length];
        int count = NetworkDeclaration.HasState(attribute) ? Sizes.Length : SizesWithoutState;
        for (int i = 0; i < count; i++)
        {
            // Sizes from the whole range, each layer beginning at another one; 7 has no divisor in common with their number, so that inputs
            // and outputs have different tails.
            int output = ((Sizes.Length * i / count) + position) % Sizes.Length;
            int input = NetworkDeclaration.ReadsIndex(attribute) ? 1 : Sizes[((7 * output) + 3) % Sizes.Length];
            yield return new NetworkDeclaration($"{kind}{input}To{Sizes[output]}", input, NetworkDeclaration.Layer(attribute, Sizes[output], i));
        }
    }

    private static IEnumerable<NetworkDeclaration> Every(Type attribute)
    {
        string kind = attribute.Name[..^nameof(Attribute).Length];
        return Enumerable.Range(0, NetworkDeclaration.Choices(attribute)).Select(choice => new NetworkDeclaration(
            $"Small{kind}{choice}", NetworkDeclaration.ReadsIndex(attribute) ? 1 : 3, NetworkDeclaration.Layer(attribute, 11, choice)));
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
        NetworkDeclaration[] declarations = [.. Running, .. Named, .. Wide];
        Assembly assembly = Consumer.Build(string.Concat(declarations.Select(declaration => declaration.Source))).Assembly;
        return declarations.ToDictionary(
            declaration => declaration.Name,
            declaration => new CompiledNetwork(declaration, NetworkClass.Of(assembly.GetType(declaration.Name, throwOnError: true)!)));
    }
}
