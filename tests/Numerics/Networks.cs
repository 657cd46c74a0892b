using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>The networks that the theories run over, compiled together: one compilation is cheaper than many.</summary>
public static class Networks
{
    /// <summary>Every remainder by 16, one vector or several in front of it, and both sides of the multiples.</summary>
    private static readonly int[] Sizes = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 20, 22, 26, 28, 31, 32, 33, 43, 45, 46, 64, 67];

    private static readonly Lazy<IReadOnlyDictionary<string, CompiledNetwork>> Compiled = new(Compile);

    /// <summary>The layers that are run in many sizes, so that kernels meet every kind of tail; of others a few sizes tell what is their own.</summary>
    private static readonly Type[] Thorough = [typeof(RnnAttribute), typeof(LstmAttribute), typeof(GruAttribute), typeof(DenseAttribute), typeof(EmbeddingAttribute)];

    private const int SizesWithoutState = 8;

    /// <summary>What layers other than the thorough ones run in: one row, a vector and one, and more than the widest; and as many inputs, shifted.</summary>
    private static readonly int[] FewSizes = [1, 9, 17, 33];

    /// <summary>Recurrent layers of PyTorch in all sizes, as inputs and as outputs; <c>Dense</c> and <c>Embedding</c> in 8 from their whole range, every other layer in 4.</summary>
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

    /// <summary>
    /// Layers wider than any sensible unrolling, of a size that neither a tile nor a vector divides; tests of what can go wrong at such sizes run them, and no others.
    /// </summary>
    public static IReadOnlyList<NetworkDeclaration> Wide { get; } =
        NetworkDeclaration.LayerAttributes.Where(attribute => !NetworkDeclaration.ReadsIndex(attribute))
            .Select(attribute => NetworkDeclaration.HasMatrixState(attribute)
                ? Alone($"Wide{attribute.Name}", DrawnLayer.Of(attribute, 90, 96, 3))
                : Alone($"Wide{attribute.Name}", DrawnLayer.Of(attribute, 515, 531, Turn(attribute, 3)))).ToArray();

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
        int[] sizes = Thorough.Contains(attribute) ? Sizes : FewSizes;
        int count = !Thorough.Contains(attribute) || NetworkDeclaration.HasState(attribute) ? sizes.Length : SizesWithoutState;
        for (int i = 0; i < count; i++)
        {
            // Sizes from the whole range, each layer beginning at another one; 7 has no divisor in common with their number, so that inputs
            // and outputs have different tails.
            int output = ((sizes.Length * i / count) + position) % sizes.Length;
            int input = NetworkDeclaration.ReadsIndex(attribute) ? 1 : sizes[((7 * output) + 3) % sizes.Length];
            DrawnLayer layer = DrawnLayer.Of(attribute, input, sizes[output], Turn(attribute, i));
            yield return Alone(string.Create(CultureInfo.InvariantCulture, $"{Kind(attribute)}{layer.Input}To{sizes[output]}"), layer);
        }
    }

    /// <summary>Eleven floats, or twelve where a size is divided by a setting.</summary>
    private static IEnumerable<NetworkDeclaration> Every(Type attribute)
    {
        int size = CellMethod.Of(attribute).Dimensions.Any(dimension => dimension is string text && text.Contains('/', StringComparison.Ordinal)) ? 12 : 11;
        return Enumerable.Range(0, DrawnLayer.Turns(attribute)).Select(turn => Alone(
            string.Create(CultureInfo.InvariantCulture, $"Small{Kind(attribute)}{turn}"),
            DrawnLayer.Of(attribute, NetworkDeclaration.ReadsIndex(attribute) ? 1 : size == 12 ? 4 : 3, size, turn)));
    }

    private static NetworkDeclaration Alone(string name, DrawnLayer layer) => new(name, layer.Input, layer.Text);

    /// <summary>Where sizes matter, an LSTM and a GRU are those of PyTorch; what else their settings choose is among <see cref="Small"/>.</summary>
    private static int Turn(Type attribute, int turn) => attribute == typeof(LstmAttribute) || attribute == typeof(GruAttribute) ? 0 : turn;

    private static string Kind(Type attribute) => attribute.Name[..^nameof(Attribute).Length];

    private static NetworkDeclaration Stack(int index)
    {
        Random random = new(100 + index);
        int count = 2 + (index % 3);
        List<DrawnLayer> layers = [];
        int first = Sizes[random.Next(12)];
        while (layers.Count < count)
        {
            Type[] choices = NetworkDeclaration.LayerAttributes.Where(attribute => layers.Count == 0 || !NetworkDeclaration.ReadsIndex(attribute)).ToArray();
            Type chosen = choices[(index + (layers.Count * 3)) % choices.Length];
            int input = NetworkDeclaration.ReadsIndex(chosen) ? 1 : layers.Count == 0 ? first : layers[^1].Output;
            DrawnLayer drawn = DrawnLayer.Of(chosen, input, Sizes[random.Next(15)], random.Next(100));
            if (layers.Count > 0 && drawn.Input != input)
            {
                drawn = DrawnLayer.Of(chosen, input, input, 0);
            }

            layers.Add(drawn);
        }

        return new NetworkDeclaration($"Stack{index}Of{count}", layers[0].Input, [.. layers.Select(layer => layer.Text)]);
    }

    private static Dictionary<string, CompiledNetwork> Compile() => CompiledNetwork.Compile([.. Running, .. Named, .. Wide]);
}
