using System;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

/// <summary>The order of sums is a part of what determines the bits of training, whatever vectors the processor has.</summary>
public class SumsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(96)]
    [InlineData(1000)]
    public void Terms_are_added_in_the_order_that_is_written_down(int count)
    {
        float[] x = Numbers.Random(count, seed: 1);
        float[] y = Numbers.Random(count, seed: 2);

        Sums.Of(x).ShouldBe(InOrder(x));
        Sums.OfMagnitudes(x).ShouldBe(InOrder([.. x.Select(Math.Abs)]));
        Sums.OfSquares(x).ShouldBe(InOrder([.. x.Select(value => value * value)]));
        Sums.OfProducts(x, y).ShouldBe(InOrder([.. x.Zip(y, (a, b) => a * b)]));
        Sums.Of(Array.ConvertAll(x, value => (double)value)).ShouldBe(x.Aggregate(0.0, (sum, value) => sum + value));
    }

    [Fact]
    public void Fewer_factors_than_terms_are_refused() => Should.Throw<ArgumentOutOfRangeException>(() => Sums.OfProducts(new float[3], new float[2]));

    private static float InOrder(float[] terms)
    {
        float[] sums = new float[Sums.PartialSums];
        int rows = terms.Length / sums.Length * sums.Length;
        for (int i = 0; i < rows; i++)
        {
            sums[i % sums.Length] += terms[i];
        }

        for (int distance = sums.Length / 2; distance > 0; distance /= 2)
        {
            for (int i = 0; i < distance; i++)
            {
                sums[i] += sums[i + distance];
            }
        }

        return terms[rows..].Aggregate(sums[0], (sum, term) => sum + term);
    }
}
