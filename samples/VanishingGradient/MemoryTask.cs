using System;
using System.Linq;
using Recurrent.Training;

/// <summary>A task that asks for what was seen long ago. Guessing has a score of 0.</summary>
public abstract class MemoryTask : SequenceTask
{
    private const int HeldOutSeed = int.MaxValue;

    public override TrainingSequence[] Draw(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Draw(random))];
    }

    public override TrainingSequence[] HeldOut(int count) => Draw(count, HeldOutSeed);

    protected abstract TrainingSequence Draw(Random random);
}
