using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Optimizers;

/// <summary>
/// The parameters that libtorch 2.10 has after steps 1, 2, 10 and 100. <c>libtorch.csv</c> was written by
/// <c>dotnet run -c Release --project bench -p:Torch=true -- optimizers --figures tests/Training/Optimizers/libtorch.csv</c>, which also compares all steps, live.
/// </summary>
public class LibtorchOptimizerTests
{
    private static readonly Dictionary<(string Case, int Step), float[]> Figures = Read();

    public static TheoryData<OptimizerCase> Cases => [.. OptimizerCase.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_hundred_steps_give_the_parameters_of_libtorch_to_rounding(OptimizerCase one)
    {
        ArgumentNullException.ThrowIfNull(one);
        float[] parameters = OptimizerCase.Start();
        float[] gradients = new float[parameters.Length];
        Optimizer optimizer = one.Options.Create(OptimizerCase.Parameters, one.LearningRate);
        int compared = 0;

        for (int step = 1; step <= OptimizerCase.Steps; step++)
        {
            OptimizerCase.Gradients(step, gradients);
            optimizer.Step(gradients, parameters);
            if (Figures.TryGetValue((one.Name, step), out float[]? wanted))
            {
                compared++;
                for (int i = 0; i < wanted.Length; i++)
                {
                    parameters[i].ShouldBe(wanted[i], 5e-7f, $"parameter {i} after step {step}");
                }
            }
        }

        compared.ShouldBe(4);
    }

    private static Dictionary<(string Case, int Step), float[]> Read()
    {
        using StreamReader reader = new(typeof(LibtorchOptimizerTests).Assembly.GetManifestResourceStream("libtorch.csv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToDictionary(
            fields => (fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture)),
            fields => fields[2..].Select(field => float.Parse(field, CultureInfo.InvariantCulture)).ToArray());
    }
}
