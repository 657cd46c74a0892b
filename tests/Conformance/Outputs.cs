using System;
using System.Linq;
using Shouldly;

namespace Recurrent.Tests.Conformance;

public static class Outputs
{
    /// <summary>Every output must lie within an absolute distance of what another implementation gave.</summary>
    public static void ShouldBeWithin(this float[] outputs, double tolerance, float[] expected, string what)
    {
        outputs.Length.ShouldBe(expected.Length, what);
        double worst = outputs.Zip(expected, (ours, theirs) => double.IsNaN(ours) ? double.PositiveInfinity : Math.Abs((double)ours - theirs)).Max();
        worst.ShouldBeLessThanOrEqualTo(tolerance, what);
    }
}
