using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Recurrent;
using Recurrent.Bench.Stepper;

// "first" gives one output. Without it, every line of standard input is a network's number and how many steps it shall take, and is answered with
// the nanoseconds of one.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["first"])
{
    using Lstm1x32 network = Lstm1x32.Create(seed: 1);
    float[] output = new float[Lstm1x32.OutputSize];
    network.Step([1f], new float[Lstm1x32.StateSize], output);
    Console.Out.WriteLine(output[0]);
    return;
}

Subject[] subjects = Subject.All();
Console.Out.WriteLine($"{(RuntimeFeature.IsDynamicCodeCompiled ? "JIT" : "NativeAOT")},{InstructionSets.Best},{subjects.Length}");
foreach (Subject subject in subjects)
{
    Console.Out.WriteLine(subject);
}

while (Console.In.ReadLine() is string line)
{
    string[] words = line.Split(' ');
    Console.Out.WriteLine($"{subjects[int.Parse(words[0], CultureInfo.InvariantCulture)].Round(int.Parse(words[1], CultureInfo.InvariantCulture)):R}");
}
