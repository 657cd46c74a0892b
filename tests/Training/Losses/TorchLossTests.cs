using System;
using System.Globalization;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

/// <summary>
/// Losses beside figures that PyTorch 2.10 gave, through TorchSharp 0.107 in double precision: the functions of <c>torch.nn.functional</c> with the reduction
/// mean, and autograd. Outputs are 2 sin(1.3 i + 0.7), targets 1.5 cos(0.9 i) and chances (1 + sin(2.1 i)) / 2, i counting row after row, all rounded to floats. PyTorch has
/// no pinball loss: <c>maximum(q * d, (q - 1) * d).mean()</c>. The Gaussian is its documented formula, since TorchSharp's own gives the variance no gradient.
/// </summary>
public class TorchLossTests
{
    private const string Figures = """
        mean squared error,3.0062197946406086,-0.0352607767 0.147696644 0.00421862801 -0.105212311 0.0995640457 0.317254901 0.107489159 -0.372124364 -0.483605365 0.00568464895 0.529767474 0.43906041
        mean absolute error,1.3234693631529808,-0.0833333333 0.0833333333 0.0833333333 -0.0833333333 0.0833333333 0.0833333333 0.0833333333 -0.0833333333 -0.0833333333 0.0833333333 0.0833333333 0.0833333333
        huber 0.5,0.5586338198087382,-0.0176303883 0.0416666667 0.002109314 -0.0416666667 0.0416666667 0.0416666667 0.0416666667 -0.0416666667 -0.0416666667 0.00284232448 0.0416666667 0.0416666667
        binary cross-entropy,0.8650712573409423,0.023656853 -0.00593393775 0.0297969009 -0.0323227361 -0.0504990335 0.064174067 0.0262319601 -0.0498606286 0.00534458962 -0.00893872431 -0.00489460997 0.0611271289
        binary cross-entropy positive 2.5,1.4050190608181812,0.0101494928 -0.0221907387 0.0251557691 -0.0882135564 -0.12916752 0.062897646 0.0153527585 -0.12778046 -0.00083675299 -0.0471513519 -0.0210121252 0.0597248137
        cross-entropy,2.3373455011739614,0.0861977255 0.146467457 -0.232665182 -0.243771625 0.0215148683 0.222256756 0.222220433 -0.228377438 0.00615700436 0.0170777078 -0.104395832 0.0873181247
        cross-entropy smoothed,2.2792480557058536,0.0778643922 0.138134123 -0.215998515 -0.227104958 0.013181535 0.213923423 0.2138871 -0.211710771 -0.00217632897 0.00874437443 -0.0877291658 0.0789847913
        cross-entropy smoothed weighted ignored,2.0498223149982904,0.171080949 0.287836576 -0.458917524 -0.119301366 -0.00347495245 0.122776319 0 0 0 0.0106441501 -0.0756674592 0.0650233091
        gaussian,2.133148053064961,-0.048340155 1.07765485 0.0782197991 -0.39416468 -0.0137351335 1.02099646 0.0805385758 -1.41928957 -0.0175311544 -0.000681602309 0.0776885854 0.0833282163
        pinball 0.1 0.5 0.9,0.7695156913561126,-0.00416666667 0.0208333333 -0.0375 -0.00416666667 -0.0208333333 0.00416666667 0.0375 -0.0208333333 -0.0375 0.0375 0.0208333333 0.00416666667 0.0375 -0.0208333333 0.00416666667 0.0375 0.0208333333 -0.0375 -0.00416666667 -0.0208333333 0.00416666667 -0.00416666667 -0.0208333333 -0.0375
        ctc 1 1 3,2.282687151834908,0.109955514 -0.137058256 0.0228158398 0.00428690209 -0.30929947 0.141791584 0.152654273 0.0148536139 -0.00525074074 -0.301321996 0.191644465 0.114928272 0.0059509938 -0.00650446718 0.0427539646 -0.0422004912 -0.00482106573 0.0162009624 0.0127896683 -0.0241695649 -0.0688599415 0.0601810511 0.00633079833 0.00234809209
        ctc 2 0 1,1.3443827050043469,0.113452216 0.192778376 -0.256362504 -0.0498680874 0.0137098703 0.151189975 -0.167221024 0.00232117836 0.00364854365 0.0224769186 -0.0219251598 -0.00420030243 0.00215318675 0.00579098843 0.0134721642 -0.0214163394 -0.0368566182 0.0164536822 0.0117072331 0.00869570283 -0.0252665551 0.0165321968 0.00633079833 0.00240355991 0.0777778725 -0.115882849 0.0343999453 0.00370503069
        ctc 1,0.534657653265649,0.344790902 -0.414130174 0.0693392715
        ctc 1 2 1 2,1.037977939237583,0.0861977255 -0.103532543 0.0173348179 0.00622837531 0.0215148683 -0.0277432436 0.222220433 -0.228377438 0.00615700436 0.0170777078 0.145604168 -0.162681875
        """;

    public static TheoryData<string, Loss, int, TrainingSequence> Cases => new()
    {
        { "mean squared error", new MeanSquaredErrorLoss(), 4, new(default, Targets(12)) },
        { "mean absolute error", new MeanAbsoluteErrorLoss(), 4, new(default, Targets(12)) },
        { "huber 0.5", new HuberLoss(0.5), 4, new(default, Targets(12)) },
        { "binary cross-entropy", new BinaryCrossEntropyLoss(), 4, new(default, Chances(12)) },
        { "binary cross-entropy positive 2.5", new BinaryCrossEntropyLoss { PositiveWeight = 2.5 }, 4, new(default, Chances(12)) },
        { "cross-entropy", new CrossEntropyLoss(), 4, new(default, new[] { 2, 0, 1, 1 }) },
        { "cross-entropy smoothed", new CrossEntropyLoss { LabelSmoothing = 0.1 }, 4, new(default, new[] { 2, 0, 1, 1 }) },
        {
            "cross-entropy smoothed weighted ignored",
            new CrossEntropyLoss { LabelSmoothing = 0.2, ClassWeights = new[] { 0.5f, 1, 2 }, IgnoredIndex = -100 },
            4,
            new(default, new[] { 2, 0, -100, 1 })
        },
        { "gaussian", new GaussianNllLoss(), 3, new(default, Targets(6)) },
        { "pinball 0.1 0.5 0.9", new PinballLoss(0.1, 0.5, 0.9), 4, new(default, Targets(8)) },
        { "ctc 1 1 3", new CtcLoss(), 6, new(default, new[] { 1, 1, 3 }) },
        { "ctc 2 0 1", new CtcLoss(blank: 3), 7, new(default, new[] { 2, 0, 1 }) },
        { "ctc 1", new CtcLoss(), 1, new(default, new[] { 1 }) },
        { "ctc 1 2 1 2", new CtcLoss(), 4, new(default, new[] { 1, 2, 1, 2 }) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_loss_and_the_gradient_are_those_of_PyTorch(string name, Loss loss, int steps, TrainingSequence sequence)
    {
        string[] figures = Figures.Split('\n').Single(line => line.StartsWith(name + ",", StringComparison.Ordinal)).Split(',');
        double[] wanted = Array.ConvertAll(figures[2].Split(' '), number => double.Parse(number, CultureInfo.InvariantCulture));
        float[] outputs = Numbers(wanted.Length, i => 2 * Math.Sin((1.3 * i) + 0.7));
        float[] gradients = new float[outputs.Length];

        loss.Compute(outputs, steps, sequence, gradients).ShouldBe(double.Parse(figures[1], CultureInfo.InvariantCulture), 1e-6);

        for (int i = 0; i < gradients.Length; i++)
        {
            ((double)gradients[i]).ShouldBe(wanted[i], 2e-7 + (2e-6 * Math.Abs(wanted[i])), $"gradient {i}");
        }
    }

    private static float[] Targets(int count) => Numbers(count, i => 1.5 * Math.Cos(0.9 * i));

    private static float[] Chances(int count) => Numbers(count, i => 0.5 + (0.5 * Math.Sin(2.1 * i)));

    private static float[] Numbers(int count, Func<int, double> number) => [.. Enumerable.Range(0, count).Select(i => (float)number(i))];
}
