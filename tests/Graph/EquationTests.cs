using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class EquationTests
{
    [Fact]
    public void A_cell_called_with_real_values_computes_its_equations()
    {
        Vec h = Rnn.Step(new Vec(2), new Vec(0.5), new Mat(1, 1, [3]), new Mat(1, 1, [4]), new Vec(0.25), new Vec(-8), Activation.Tanh);

        h[0].ShouldBe(System.Math.Tanh(0.25), 1e-15);
    }
}
