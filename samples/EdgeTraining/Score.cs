using System;
using System.Linq;

namespace Edge.Training;

/// <summary>How somebody does in episodes that nobody was trained on.</summary>
/// <param name="MeanSteps">Time steps that the pole stood, on the mean; <see cref="Episode.Steps"/> at best.</param>
/// <param name="Stood">Episodes to whose end it stood.</param>
public readonly record struct Score(double MeanSteps, int Stood)
{
    /// <summary>Scores somebody.</summary>
    /// <param name="episodes">How many; at most <see cref="Imitation.FirstSeed"/>.</param>
    /// <param name="begin">Makes one who begins an episode, and answers frames with forces in newtons.</param>
    public static Score Of(int episodes, Func<Func<Frame, CartPoleState, double>> begin)
    {
        int[] steps = [.. Enumerable.Range(0, episodes).Select(seed => Episode.Run(seed, begin()))];
        return new Score(steps.Average(), steps.Count(count => count == Episode.Steps));
    }
}
