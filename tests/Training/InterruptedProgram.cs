using System;
using System.IO;
using Recurrent.Tests.Conventions;

namespace Recurrent.Tests.Training;

/// <summary>The program that trains in a process of its own, built in the configuration, and for the framework, of the tests.</summary>
internal static class InterruptedProgram
{
    public static string Assembly
    {
        get
        {
            DirectoryInfo framework = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(Repository.Root, "tests", "Interrupted", "bin", framework.Parent!.Name, framework.Name, "Interrupted.dll");
        }
    }
}
