using Shouldly;
using Xunit;

namespace Recurrent.Tests.Samples;

public class QuickstartTests
{
    [Fact]
    public void The_quickstart_forecasts_better_than_persistence_draws_a_picture_and_allocates_nothing_per_step()
    {
        string written = Sample.Run("Quickstart", "forecast.png");

        Sample.Figure(written, "RMSE of the model +([0-9.]+)").ShouldBeLessThan(Sample.Figure(written, "RMSE of persistence +([0-9.]+)"));
        Sample.Figure(written, "Allocated +([0-9]+) bytes by 100,000 steps").ShouldBe(0);
        Sample.Figure(written, "Median step +([0-9.]+) ns").ShouldBeGreaterThan(0);
    }
}
