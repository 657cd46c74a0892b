using System.Collections.Generic;

namespace Recurrent.Tests.Pipeline;

/// <summary>Sources that hold networks and cells without a mistake, by name.</summary>
public static class GoodSources
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["cells with awkward equations and names"] =
            """
            using Recurrent;
            using static Recurrent.Equations;

            [Cell] struct ParameterProduct { public static Vec Step(Vec x, Vec h, Mat W, Mat U, [Shape("hidden", 7)] Mat V, Vec b) => Tanh(W * x + U * h + V * b); }
            [Cell] struct ParameterState { public static (Vec, Vec) Step(Vec x, Vec h, Vec c, Mat W, Vec b) => (W * x + c, b); }
            [Cell] struct Names
            {
                public static (Vec, Vec) Step(Vec x, Vec z_0, Vec first3, Mat W, Mat U)
                {
                    Vec z = Tanh(W * x + U * z_0);
                    Vec row7 = z * first3 + z_0;
                    Vec x_k0 = row7 * z;
                    return (x_k0, z);
                }
            }

            [Network(Input = 2)] [Layer<ParameterProduct>(3)] [Layer<ParameterState>(5)] [Layer<Names>(3)]
            public partial class Policy;
            """,
        ["types of the user's that have the runtime's names"] =
            """
            namespace Some.Recurrent;

            class Boundary; class Initializer; class Initialization; class TensorInfo; class TensorShape; class AlignedBuffer; class Safetensors;
            class InstructionSet; class InstructionSets; class PanelWriter; class Precision; class ParameterInitializer; class INetwork;

            [global::Recurrent.Network(Input = 1, Weights = global::Recurrent.Precision.BFloat16)]
            [global::Recurrent.Embedding(9, 5)]
            [global::Recurrent.Gru(3)]
            public partial class Policy;
            """,
        ["types of the user's that have the framework's names"] =
            """
            namespace Some.Math { public class Vector; }

            namespace Some
            {
                class GC; class Span; class ArgumentException; class ArgumentOutOfRangeException;

                [Recurrent.Network(Input = 1), Recurrent.Gru(3), Recurrent.Dense(2), Recurrent.Rnn(2, Reverse = true), Recurrent.Gru(2)]
                public partial class Policy;
            }
            """,
        ["names of layers that begin alike"] =
            """
            using Recurrent;

            [Network(Input = 70)]
            [Gru(70, Name = "a")]
            [Gru(70, Name = "aInput")]
            [Gru(70, Name = "aInput_")]
            [Gru(2, Name = "aLoad")]
            public partial class Policy;
            """,
        ["initial values that are no finite numbers"] =
            """
            using Recurrent;

            [Cell]
            public struct Odd
            {
                public static Vec Step(Vec x, Vec h, [Init(Initializer.Constant, Value = double.NaN)] Vec a,
                    [Init(Initializer.Interval, Value = double.PositiveInfinity, Low = double.NegativeInfinity)] Vec b, [Init(Initializer.Constant, Value = -0.0)] Vec c) => h + Equations.Sum(x) * a + b + c;
            }

            [Network(Input = 2), Layer<Odd>(3)]
            public partial class Policy;
            """,
        ["quick start"] =
            """
            using Recurrent;

            [Network(Input = 22)]
            [Dense(16, Activation.Relu)]
            [Gru(16)]
            [Dense(4)]
            public sealed partial class Policy;
            """,
        ["every built-in layer"] =
            """
            using Recurrent;

            namespace Some.Space;

            [Network(Input = 1)]
            [Embedding(count: 50, size: 8)]
            [Rnn(7, Activation.Relu, Name = "first")]
            [Rnn(activation: Activation.Linear, hiddenSize: 6)]
            [Lstm(5)]
            [Gru(4)]
            [Dense(3, Activation.Sigmoid)]
            internal partial class Everything;
            """,
        ["a cell of one's own"] =
            """
            using Recurrent;
            using static Recurrent.Equations;

            [Cell]
            public readonly struct MinimalGatedUnit
            {
                public static Vec Step(Vec x, Vec h, Mat Wf, Mat Uf, Vec bf, Mat Wc, Mat Uc, Vec bc)
                {
                    Vec f = Sigmoid(Wf * x + Uf * h + bf);
                    Vec c = Tanh(Wc * x + Uc * (f * h) + bc);
                    return (1 - f) * h + f * c;
                }
            }

            [Network(Input = 8)]
            [Layer<MinimalGatedUnit>(32)]
            [Dense(1)]
            public sealed partial class Forecaster;
            """,
        ["nested, with other members and interfaces"] =
            """
            using System;
            using Recurrent;

            namespace A.B
            {
                public interface INamed { string Title { get; } }

                public static partial class Outer
                {
                    internal partial record struct Middle
                    {
                        [Network(Input = 3), Lstm(5)]
                        private sealed partial class Inner : INamed
                        {
                            private int _calls;

                            public string Title => "inner" + _calls++;

                            public void Step(int count) => _calls = count;
                        }
                    }
                }
            }
            """,
        ["keywords and unicode"] =
            """
            using Recurrent;

            namespace @namespace.Größe;

            [Network(Input = 2), Gru(3, Name = "größe")]
            public partial class @class;

            [Network(Input = 2), Gru(3)]
            public partial class Ünïcode;

            public class Shelf
            {
                [Cell] public struct @event { public static Vec Step(Vec @in, Vec h, Mat @from) { Vec @as = @from * @in; return @as + h; } }
            }

            [Network(Input = 2), Layer<Shelf.@event>(3)]
            public partial class Shelved;
            """,
        ["names that differ in case alone"] =
            """
            using Recurrent;

            [Network(Input = 2), Gru(3)]
            public partial class Policy;

            [Network(Input = 2), Gru(3)]
            public partial class POLICY;

            [Cell] public struct Cell1 { public static Vec Step(Vec x, Vec h) => h; }

            [Cell] public struct CELL1 { public static Vec Step(Vec x, Vec h) => h; }
            """,
        ["two declarations, layers on one"] =
            """
            using Recurrent;

            [Network(Input = 2)]
            public partial class Policy;

            [Gru(3)]
            [Dense(1)]
            public partial class Policy;
            """,
        ["a cell in parts"] =
            """
            using Recurrent;

            [Cell]
            public partial struct Parts
            {
                public static partial Vec Step(Vec x, Vec h, Mat W, int scale = 2);

                private static partial Vec Scaled(Vec v, int by);
            }

            public partial struct Parts
            {
                public static partial Vec Step(Vec y, Vec before, Mat U, int times) => Scaled(before, times) + U * y;

                private static partial Vec Scaled(Vec a, int b) => b * a;
            }

            [Network(Input = 2), Layer<Parts>(3)]
            public partial class Policy;
            """,
        ["a cell with every word"] =
            """
            using Recurrent;
            using static Recurrent.Equations;

            public sealed class WordyAttribute(int hiddenSize, int Ranks, Activation gate = Activation.Sigmoid) : LayerAttribute<Wordy>(hiddenSize)
            {
                public int Ranks { get; } = Ranks;
                public Activation Gate { get; } = gate;
            }

            [Cell]
            public struct Wordy
            {
                private const double Leak = 0.125;

                [Tensor("down", nameof(V))]
                public static (Vec h, Vec c) Step(Vec x, Vec h, Vec c, [Shape("ranks", "hidden")] Mat V, Mat U, Mat W, Vec b, Activation gate)
                {
                    const double two = 2;
                    double half = 1 / two;
                    double k = -half * 3;
                    Vec low = V * h;
                    var a = Activate(x: U * (low - 1) + W * x + b, activation: gate);
                    Vec m = -(Relu(a) * Leak) + k;
                    return (Tanh((Vec)m) - 0.5f, a * c + (1 - a) * m);
                }
            }

            [Network(Input = 2)]
            [Wordy(4, 3)]
            [Wordy(5, gate: Activation.Tanh, Ranks: 2)]
            public partial class Policy;
            """,
    };
}
