using System.Globalization;
using System.IO;

namespace Edge;

/// <summary>The policy and the plant in one program.</summary>
public static class Simulation
{
    private const int Steps = 500;

    /// <summary>Balances the pole, and writes position,angle,force of each time step.</summary>
    /// <returns>0 where the pole stood to the end, otherwise 1.</returns>
    public static int Run(Policy policy, int seed, TextWriter lines, TextWriter report)
    {
        CartPole plant = new(seed);
        Controller<Policy> controller = new(policy);
        int step = 0;
        while (step < Steps && !plant.State.HasFallen)
        {
            Frame frame = plant.Observe();
            float force = controller.Act(frame);
            lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{frame.Position},{frame.Angle},{force}"));
            plant.Push(force);
            step++;
        }

        lines.Flush();
        report.WriteLine(plant.State.HasFallen ? $"The pole fell in time step {step} of {Steps}." : $"The pole stood for {Steps} time steps.");
        return plant.State.HasFallen ? 1 : 0;
    }
}
