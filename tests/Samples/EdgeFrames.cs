using System.IO;
using System.Linq;
using Edge;

namespace Recurrent.Tests.Samples;

/// <summary>Frames that a simulation has recorded, and the forces that answered them.</summary>
internal static class EdgeFrames
{
    public static (string[] Frames, string[] Forces) Record(Policy policy)
    {
        using StringWriter lines = new() { NewLine = "\n" };
        Simulation.Run(policy, seed: 1, lines, TextWriter.Null);
        string[] recorded = lines.ToString().TrimEnd('\n').Split('\n');
        return ([.. recorded.Select(line => line[..line.LastIndexOf(',')])], [.. recorded.Select(line => line[(line.LastIndexOf(',') + 1)..])]);
    }
}
