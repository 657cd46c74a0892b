using System;
using System.Collections.Generic;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>
/// Nothing is read or written beside a caller's buffers. A kernel that does ends the test process with an access violation, and the stack that the
/// runtime prints names it.
/// </summary>
public class MemoryBoundTests
{
    private const int Steps = 3;

    public static TheoryData<string, InstructionSet> OnEveryInstructionSet => Networks.OnEveryInstructionSet;

    [SkippableTheory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void Inference_stays_within_its_buffers(string name, InstructionSet instructionSet)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Inaccessible pages are made with Linux's mmap and mprotect.");
        CompiledNetwork network = Networks.Get(name);
        NetworkClass shape = network.Class;
        foreach (bool atEnd in (bool[])[false, true])
        {
            using Buffers buffers = new(atEnd);
            using Network compiled = shape.Create(buffers.Of("parameters", network.Parameters()), instructionSet);
            compiled.Step(
                buffers.Of("input", network.Inputs(1)), buffers.Of("state", network.State()), buffers.Of("output", new float[shape.OutputSize]));
            compiled.StepMany(
                Steps,
                buffers.Of("inputs", network.Inputs(Steps)),
                buffers.Of("states", CompiledNetwork.Numbers(Steps * shape.StateSize, 4)),
                buffers.Of("outputs", new float[Steps * shape.OutputSize]));
            compiled.Run(
                buffers.Of("inputs", network.Inputs(Steps)), buffers.Of("state", network.State()), buffers.Of("outputs", new float[Steps * shape.OutputSize]));
            buffers.ShouldBeIntact();
        }
    }

    [SkippableTheory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void Training_stays_within_its_buffers(string name, InstructionSet instructionSet)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Inaccessible pages are made with Linux's mmap and mprotect.");
        foreach (bool atEnd in (bool[])[false, true])
        {
            CheckTraining(Networks.Get(name), instructionSet, Steps, atEnd);
        }
    }

    /// <summary>Runs whole sequences, forward and backward, between pages that nobody may touch.</summary>
    internal static void CheckSequence(CompiledNetwork network, InstructionSet instructionSet, int steps, bool atEnd)
    {
        NetworkClass shape = network.Class;
        using Buffers buffers = new(atEnd);
        using Network compiled = shape.Create(network.Parameters(), instructionSet);
        compiled.Run(
            buffers.Of("inputs", network.Inputs(steps)), buffers.Of("state", network.State()), buffers.Of("outputs", new float[steps * shape.OutputSize]));
        buffers.ShouldBeIntact();
        CheckTraining(network, instructionSet, steps, atEnd);
    }

    private static void CheckTraining(CompiledNetwork network, InstructionSet instructionSet, int steps, bool atEnd)
    {
        NetworkClass shape = network.Class;
        using Buffers buffers = new(atEnd);
        using Network compiled = shape.Create(network.Parameters(), instructionSet);
        compiled.SetParameters(buffers.Of("parameters", network.Parameters()));
        compiled.CopyParametersTo(buffers.Of("copied parameters", new float[shape.ParameterCount]));
        Span<float> tape = buffers.Of("tape", new float[shape.TapeSize(steps)]);
        compiled.Forward(
            buffers.Of("inputs", network.Inputs(steps)),
            buffers.Of("state", network.State()),
            buffers.Of("outputs", new float[steps * shape.OutputSize]),
            tape);
        compiled.Backward(
            buffers.Of("output gradients", Gradients.OutputWeights(network, steps)),
            buffers.Of("state gradients", Gradients.StateWeights(network)),
            tape,
            buffers.Of("parameter gradients", new float[shape.ParameterCount]),
            buffers.Of("input gradients", new float[steps * shape.InputSize]));
        buffers.ShouldBeIntact();
    }

    private sealed class Buffers(bool atEnd) : IDisposable
    {
        private readonly List<(string Name, GuardedFloats Floats)> _all = [];

        public Span<float> Of(string name, float[] values)
        {
            GuardedFloats floats = new(values, atEnd);
            _all.Add((name, floats));
            return floats.Span;
        }

        public void ShouldBeIntact() => _all.ForEach(buffer => buffer.Floats.ShouldBeIntact(buffer.Name));

        public void Dispose() => _all.ForEach(buffer => buffer.Floats.Dispose());
    }
}
