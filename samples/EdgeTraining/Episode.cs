using System;
using System.Collections.Generic;
using Recurrent.Training;

namespace Edge.Training;

/// <summary>Episodes of the plant, in which somebody pushes until the pole falls or the time is up.</summary>
public static class Episode
{
    /// <summary>Time steps of an episode in which the pole never falls: ten seconds.</summary>
    public const int Steps = 500;

    /// <summary>Runs an episode.</summary>
    /// <param name="seed">Determines where it begins, and what the wind and the sensors do.</param>
    /// <param name="act">Answers with a force in newtons; the state is there for an expert.</param>
    /// <returns>How many time steps the pole stood.</returns>
    public static int Run(int seed, Func<Frame, CartPoleState, double> act)
    {
        CartPole plant = new(seed);
        int stood = 0;
        while (stood < Steps && !plant.State.HasFallen)
        {
            plant.Push(act(plant.Observe(), plant.State));
            stood += plant.State.HasFallen ? 0 : 1;
        }

        return stood;
    }

    /// <summary>An episode to learn from: what was seen, and what the expert would have done, whoever pushed.</summary>
    public static TrainingSequence Record(int seed, Func<Frame, CartPoleState, double> act)
    {
        List<float> inputs = [];
        List<float> targets = [];
        float[] input = new float[Policy.InputSize];
        Run(seed, (frame, state) =>
        {
            frame.WriteTo(input);
            inputs.AddRange(input);
            targets.Add((float)(Expert.Act(state) / CartPole.GreatestForce));
            return act(frame, state);
        });
        return new TrainingSequence(inputs.ToArray(), targets.ToArray());
    }
}
