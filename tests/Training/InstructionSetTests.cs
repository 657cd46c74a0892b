using System;
using System.Collections.Generic;
using System.IO;
using Recurrent.Tests.Package;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

/// <summary>A program that trains, on a machine with vectors of 512 bits and as if it had none.</summary>
public class InstructionSetTests
{
    [SkippableFact]
    public void Training_comes_to_the_same_bits_with_avx2_as_with_avx512()
    {
        Skip.IfNot(InstructionSets.IsSupported(InstructionSet.Avx512), "This machine has no AVX-512.");

        Train("1").ShouldBe(Train("0"));
    }

    /// <summary>Trains in a process of its own.</summary>
    /// <param name="avx512">1, or 0 to do without.</param>
    /// <returns>The losses and norms of all epochs, and the weights.</returns>
    private static string Train(string avx512)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string weights = Path.Combine(folder.FullName, "weights");
            string written = Dotnet.Run(
                folder.FullName,
                new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = avx512 },
                InterruptedProgram.Assembly, Path.Combine(folder.FullName, "run.checkpoint"), weights);
            return written + Convert.ToHexString(File.ReadAllBytes(weights));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
