namespace Recurrent.Tests.Package;

/// <summary>A program that uses the package; the same text is compiled in memory and in a project of its own.</summary>
public static class ConsumerSource
{
    /// <summary>Names of the networks.</summary>
    public static readonly string[] Networks = ["Small", "Stacked", "Whole"];

    public const string Text =
        """
        using System;
        using System.Globalization;
        using System.Text;
        using Recurrent;

        /// <summary>A network.</summary>
        [Network(Input = 3)]
        [Lstm(5)]
        [Dense(2)]
        public sealed partial class Small;

        /// <summary>A network whose sizes leave vectors partly filled, or fill several.</summary>
        [Network(Input = 7)]
        [Dense(21, Activation.Tanh)]
        [Gru(37)]
        [Rnn(9, Activation.Relu)]
        [Lstm(18)]
        [Dense(3, Activation.Sigmoid)]
        public sealed partial class Stacked;

        /// <summary>A network whose weights are whole numbers of 8 bits. What is carried on would be rounded to whole numbers, and so grow what roundings differ by.</summary>
        [Network(Input = 67, Weights = Precision.Int8)]
        [Dense(21)]
        public sealed partial class Whole;

        internal static class Program
        {
            /// <summary>The instruction set, and the bits of everything that the networks compute.</summary>
            public static string Outputs() =>
                $"{InstructionSets.Best}\n{Outputs<Small>()}{Outputs<Stacked>()}{Outputs<Whole>()}";

            private static void Main() => Console.Write(Outputs());

            private static string Outputs<T>()
                where T : class, IStreamingNetwork<T>, ITrainableNetwork<T>
            {
                const int Steps = 40;
                using T network = T.Create(seed: 7);
                float[] inputs = new float[Steps * T.InputSize];
                for (int i = 0; i < inputs.Length; i++)
                {
                    inputs[i] = ((i * 37 % 101) - 50) / 25f;
                }

                float[] state = new float[T.StateSize];
                float[] outputs = new float[Steps * T.OutputSize];
                network.Step(inputs.AsSpan(0, T.InputSize), state, outputs.AsSpan(0, T.OutputSize));
                network.Run(inputs.AsSpan(T.InputSize), state, outputs.AsSpan(T.OutputSize));

                float[] tape = new float[T.TapeSize(Steps)];
                float[] gradients = new float[T.ParameterCount];
                float[] inputGradients = new float[inputs.Length];
                network.Forward(inputs, new float[T.StateSize], new float[outputs.Length], tape);
                network.Backward(outputs, new float[T.StateSize], tape, gradients, inputGradients);

                StringBuilder text = new();
                foreach (float[] values in new[] { outputs, state, gradients, inputGradients })
                {
                    foreach (float value in values)
                    {
                        text.Append(CultureInfo.InvariantCulture, $"{BitConverter.SingleToInt32Bits(value):x8} ");
                    }

                    text.Append('\n');
                }

                return text.ToString();
            }
        }

        """;
}
