using System;

namespace Recurrent.Bench.Accuracy;

/// <summary>A function of one number.</summary>
/// <param name="Name">Its word in equations, or its name in kernels.</param>
/// <param name="Exact">The function in double precision.</param>
/// <param name="On">What kernels for an instruction set make of as many floats as a chunk of the sweep has.</param>
public sealed record Subject(string Name, Func<double, double> Exact, Func<InstructionSet, Action<float[], float[]>> On);
