using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>What the theories run over has every kind of tail.</summary>
public class SizeTests
{
    private const int Lanes = 16;

    public static TheoryData<string> LayersWithState => new(new[] { typeof(GruAttribute), typeof(LstmAttribute), typeof(RnnAttribute) }.Select(attribute => attribute.FullName!));

    [Fact]
    public void Lstm_gru_and_rnn_are_known_to_have_a_state_and_dense_to_have_none()
    {
        Type[] withState = [.. NetworkDeclaration.LayerAttributes.Where(NetworkDeclaration.HasState)];
        withState.ShouldContain(typeof(GruAttribute));
        withState.ShouldContain(typeof(LstmAttribute));
        withState.ShouldContain(typeof(RnnAttribute));
        withState.ShouldNotContain(typeof(DenseAttribute));
        withState.ShouldNotContain(typeof(EmbeddingAttribute));
    }

    [Theory]
    [MemberData(nameof(LayersWithState))]
    public void A_recurrent_layer_of_PyTorch_is_run_with_every_remainder_by_the_lanes_of_a_vector(string layer)
    {
        NetworkClass[] networks = [.. Networks.Single
            .Where(network => network.Layers.Single().StartsWith(layer + "(", StringComparison.Ordinal))
            .Select(network => Networks.Get(network.Name).Class)];

        foreach (int[] sizes in (int[][])[[.. networks.Select(network => network.OutputSize)], [.. networks.Select(network => network.InputSize)]])
        {
            sizes.Select(size => size % Lanes).Distinct().Order().ShouldBe(Enumerable.Range(0, Lanes));
            sizes.ShouldContain(1);
            sizes.ShouldContain(size => size > 4 * Lanes);
        }
    }
}
