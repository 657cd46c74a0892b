using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;
using static Recurrent.Tests.Training.Integrators;

namespace Recurrent.Tests.Training;

public class TrainingHistoryTests
{
    [Fact]
    public void A_history_is_written_as_rows_that_read_back_to_the_same_numbers()
    {
        TrainingHistory history = new(2);
        history.Add(new TrainingEpoch(1, 0.1 + 0.2, null, 1e-300, 0.01, TimeSpan.FromSeconds(1.5), IsBest: true));
        history.Add(new TrainingEpoch(2, double.NaN, 1.0 / 3, double.PositiveInfinity, 0.005, TimeSpan.Zero, IsBest: false));
        CultureInfo before = CultureInfo.CurrentCulture;
        using StringWriter writer = new();
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("fi-FI");
            history.WriteCsv(writer);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        writer.ToString().ShouldBe(
            """
            epoch,loss,validation_loss,gradient_norm,learning_rate,seconds,is_best
            1,0.30000000000000004,,1E-300,0.01,1.5,1
            2,NaN,0.3333333333333333,Infinity,0.005,0,0

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_file_has_the_epochs_of_the_last_call()
    {
        string path = Path.Join(Path.GetTempPath(), Path.GetRandomFileName());
        using Trainer<LeakyIntegrator> trainer = new(
            LeakyIntegrator.Create(seed: 2), new MeanSquaredErrorLoss(), new TrainingOptions { Epochs = 3 });
        trainer.History.ShouldBeEmpty();
        trainer.History.Best.ShouldBeNull();
        try
        {
            trainer.Train(Sequences(2, LeakyIntegrator.Create(seed: 3)));
            double last = trainer.Train(Sequences(2, LeakyIntegrator.Create(seed: 3)));
            trainer.History.SaveCsv(path);

            string[] lines = File.ReadAllLines(path);
            lines.Length.ShouldBe(4);
            lines[3].ShouldStartWith(string.Create(CultureInfo.InvariantCulture, $"3,{last:R},,"));
            trainer.History.Select(epoch => epoch.Epoch).ShouldBe([1, 2, 3]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_never_the_best()
    {
        BestEpoch best = new(minimumImprovement: 0, parameters: 1);

        best.Take(double.NaN, [1]).ShouldBeFalse();
        best.Take(double.PositiveInfinity, [2]).ShouldBeFalse();
        best.HasParameters.ShouldBeFalse();
        best.Take(5, [3]).ShouldBeTrue();
        best.Take(double.NaN, [4]).ShouldBeFalse();
        best.Take(5, [5]).ShouldBeFalse();
        best.EpochsWithout.ShouldBe(2);
        best.Parameters.ShouldBe([3]);
        best.Take(4, [6]).ShouldBeTrue();
        best.EpochsWithout.ShouldBe(0);
        best.Parameters.ShouldBe([6]);
    }
}
