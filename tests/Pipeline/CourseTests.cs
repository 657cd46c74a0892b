using System.Linq;
using Recurrent.Gen.Lower;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

/// <summary>In which order the layers of a network run, forward (F) and in reverse (R), and what lies in memory between walks.</summary>
public class CourseTests
{
    [Theory]
    [InlineData("Dense(2), Gru(3, Layers = 2), Dense(4)", "F: dense0 gru1 gru1_l1 dense2", 0)]
    [InlineData("Gru(3, Reverse = true), Gru(4, Reverse = true)", "R: gru0 gru1", 0)]
    [InlineData("Gru(3, Bidirectional = true)", "F: gru0, R: gru0_reverse", 0)]
    [InlineData("Gru(3, Bidirectional = true), Dense(2)", "F: gru0, R: gru0_reverse dense1", 6)]
    [InlineData("Dense(2), Gru(3, Bidirectional = true), Gru(4)", "F: dense0 gru1, R: gru1_reverse, F: gru2", 8)]
    [InlineData("Gru(3, Layers = 2, Bidirectional = true)", "F: gru0, R: gru0_reverse gru0_l1_reverse, F: gru0_l1", 6)]
    [InlineData("Gru(2), Gru(3, Reverse = true), Gru(4), Gru(5)", "F: gru0, R: gru1, F: gru2 gru3", 5)]
    [InlineData("Dense(3, Bidirectional = true), Dense(2)", "F: dense0 dense0_reverse dense1", 0)]
    public void A_layer_takes_the_first_walk_of_its_direction_in_which_its_input_is_there(string layers, string walks, int whole)
    {
        Recurrent.Gen.Model.NetworkSpec network = Consumer.Build($"using Recurrent; [Network(Input = 1), {layers}] public partial class Policy;").Network("Policy")!;
        Course course = new(network);

        string.Join(", ", course.Walks.Select(walk => (walk.IsReverse ? "R: " : "F: ") + string.Join(' ', walk.Layers.Select(layer => network.Layers[layer].Id)))).ShouldBe(walks);
        course.WholeSize.ShouldBe(whole);
    }
}
