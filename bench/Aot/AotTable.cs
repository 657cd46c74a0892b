using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Bench.Measuring;

namespace Recurrent.Bench.Aot;

/// <summary>Steps of one program, compiled by the JIT and by NativeAOT, in two processes that take turns on one core.</summary>
public static class AotTable
{
    private const double WarmUpSeconds = 1;
    private const double RoundNanoseconds = 2e6;
    private const int Rounds = 201;

    /// <summary>What NativeAOT compiles for, and what the JIT has to do without to run the same kernels.</summary>
    private static readonly (string InstructionSet, InstructionSet Needs, (string Name, string Value)[] Variables)[] Pairs =
    [
        ("", InstructionSet.Avx2, [("DOTNET_EnableAVX512", "0")]),
        ("x86-64-v4", InstructionSet.Avx512, []),
    ];

    /// <returns>0 where both programs gave the same bits, otherwise 1.</returns>
    public static int Print(TextWriter table, TextWriter log)
    {
        if (PublishedProgram.Missing is string missing)
        {
            log.WriteLine(missing);
            return 1;
        }

        using PublishedProgram forJit = PublishedProgram.ForJit(PublishedProgram.Stepper);
        List<(string Name, PublishedProgram Program, (string Name, string Value)[] Variables)> natives = [];
        try
        {
            foreach ((string instructionSet, InstructionSet needs, (string Name, string Value)[] variables) in Pairs)
            {
                if (!InstructionSets.IsSupported(needs))
                {
                    log.WriteLine($"this machine has no {needs}");
                    continue;
                }

                natives.Add((instructionSet.Length > 0 ? instructionSet : "default", PublishedProgram.ForNativeAot(PublishedProgram.Stepper, instructionSet), variables));
            }

            // Not before: compilers may use all cores.
            Core.Pin(log);
            table.WriteLine("cell,input,hidden,instruction_set,jit_ns,aot_ns,ratio");
            return natives.Count(native => !Compare(native.Name, forJit, native.Program, native.Variables, table, log)) == 0 ? 0 : 1;
        }
        finally
        {
            natives.ForEach(native => native.Program.Dispose());
        }
    }

    /// <summary>Rows for one instruction set.</summary>
    /// <returns>Whether both programs run the same kernels, and these give the same bits.</returns>
    private static bool Compare(
        string name, PublishedProgram forJit, PublishedProgram native, (string Name, string Value)[] variables, TextWriter table, TextWriter log)
    {
        using Stepper jit = new(forJit, variables);
        using Stepper aot = new(native);
        for (int subject = 0; subject < jit.Subjects.Count; subject++)
        {
            double[] medians = Medians([jit, aot], subject);
            string cell = jit.Subjects[subject][..jit.Subjects[subject].LastIndexOf(',')];
            table.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{cell},{name}: {aot.InstructionSet},{medians[0]:F1},{medians[1]:F1},{medians[1] / medians[0]:F3}"));
        }

        return AreAlike(jit, aot, log);
    }

    /// <summary>Whether both run kernels of one instruction set, and these give the same bits.</summary>
    private static bool AreAlike(Stepper jit, Stepper aot, TextWriter log)
    {
        foreach ((string of, string other) in jit.Subjects.Zip(aot.Subjects).Where(pair => pair.First != pair.Second))
        {
            log.WriteLine($"bits differ: {jit.Compiler} {of}, {aot.Compiler} {other}");
        }

        if (jit.InstructionSet != aot.InstructionSet)
        {
            log.WriteLine($"{jit.Compiler} runs {jit.InstructionSet}, {aot.Compiler} runs {aot.InstructionSet}");
        }

        return jit.InstructionSet == aot.InstructionSet && jit.Subjects.SequenceEqual(aot.Subjects);
    }

    private static double[] Medians(Stepper[] steppers, int subject)
    {
        int[] steps = Array.ConvertAll(steppers, stepper => WarmUp(stepper, subject));
        List<double>[] nanoseconds = Array.ConvertAll(steppers, _ => new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < steppers.Length; i++)
            {
                nanoseconds[i].Add(steppers[i].Round(subject, steps[i]));
            }
        }

        return Array.ConvertAll(nanoseconds, values => values.Order().ElementAt(values.Count / 2));
    }

    /// <summary>Lets the JIT finish, and finds how many steps make a round.</summary>
    private static int WarmUp(Stepper stepper, int subject)
    {
        int steps = 1;
        double past = 0;
        while (past < WarmUpSeconds * 1e9)
        {
            double one = stepper.Round(subject, steps);
            past += one * steps;
            steps = (int)Math.Clamp(RoundNanoseconds / Math.Max(one, 1), 1, steps * 4.0);
        }

        return steps;
    }
}
