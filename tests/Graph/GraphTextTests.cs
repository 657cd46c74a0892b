using System;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class GraphTextTests
{
    private static readonly CellGraph Sample = new(
        "Größe",
        "x",
        new(["h", "c"]),
        new([new("W", Shape.Matrix(Dim.Hidden, Dim.Input)), new("of", Shape.Vector(3)), new("from", Shape.Matrix(new Dim("count"), new Dim(7)))]),
        new(["activation", "as"]),
        new([new("weight \"x\" \\ \n\ud800", new([0]), "Normal", Dim.Input), new("", new([2, 1]), "Uniform", new Dim(4))]),
        new(
            new([
                new(OpKind.Parameter, 2, Shape.Matrix(new Dim("count"), new Dim(7))),
                new(OpKind.Input, -1, Shape.Vector(Dim.Input)),
                new(OpKind.State, 1, Shape.Vector(Dim.Hidden)),
                new(OpKind.Row, 0, 1, Shape.Vector(7)),
                new(OpKind.Activate, 3, 1, Shape.Vector(7)),
                new(OpKind.Negate, 4, Shape.Vector(7)),
                Op.Number(0.1),
                new(OpKind.Forward, 12, Shape.Vector(new Dim("7"))),
                new(OpKind.Cotangent, 0, Shape.Vector(Dim.Hidden)),
                new(OpKind.Outer, 2, 8, Shape.Matrix(Dim.Hidden, Dim.Hidden)),
            ]),
            new(["from", "x", "c", "", "Output", "%3", "%", "=", "[", "0x1"]),
            new([new(OutputKind.Output, 0, 5), new(OutputKind.NextState, 1, 2), new(OutputKind.Saved, 3, 9), new(OutputKind.ParameterGradient, 2, 9)])));

    [Fact]
    public void A_graph_printed_and_parsed_back_is_the_same_graph()
    {
        string text = GraphText.Print(Sample);

        GraphText.Parse(text).ShouldBe(Sample);
        GraphText.Print(GraphText.Parse(text)).ShouldBe(text);
        text.ShouldStartWith("recurrent cell graph 1\n");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(-1.7976931348623157E+308)]
    [InlineData(2.2250738585072014E-308)]
    [InlineData(0.84551240822557006)]
    public void A_number_keeps_its_bits(double value) => Bits(RoundTrip(value)).ShouldBe(Bits(value));

    [Fact]
    public void Random_numbers_and_the_payload_of_a_NaN_keep_their_bits()
    {
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            long bits = random.NextInt64(long.MinValue, long.MaxValue);
            Bits(RoundTrip(BitConverter.Int64BitsToDouble(bits))).ShouldBe(bits);
        }

        Bits(RoundTrip(BitConverter.Int64BitsToDouble(0x7ff8000000000123))).ShouldBe(0x7ff8000000000123);
        Bits(RoundTrip(BitConverter.Int64BitsToDouble(0x7ff8000000000000))).ShouldBe(0x7ff8000000000000);
    }

    [Fact]
    public void Every_operation_has_a_line_of_its_own()
    {
        foreach (OpKind kind in Enum.GetValues<OpKind>())
        {
            Op op = kind switch
            {
                OpKind.Constant => Op.Number(2),
                OpKind.Input => new Op(kind, -1, Shape.Vector(2)),
                _ => new Op(kind, 0, Shape.Vector(2)),
            };
            op = op.HasB || kind == OpKind.Activate ? op with { B = 0 } : op;
            CellGraph cell = Sample with
            {
                Body = new OpGraph(new([new(OpKind.Input, -1, Shape.Vector(2)), op]), new(["x", "value"]), EquatableArray<GraphOutput>.Empty),
            };

            GraphText.Parse(GraphText.Print(cell)).ShouldBe(cell);
        }
    }

    [Theory]
    [InlineData("", "begins with 'recurrent cell graph 1'")]
    [InlineData("recurrent cell graph 2\n", "begins with 'recurrent cell graph 2'")]
    [InlineData("recurrent cell graph 1\n", "names its cell")]
    [InlineData("recurrent cell graph 1\ncell A\n", "names its input")]
    [InlineData("recurrent cell graph 1\nfoo A\n", "Line 2 of a cell's graph: 'foo' begins no line")]
    [InlineData("recurrent cell graph 1\ncell\n", "Line 2 of a cell's graph: the cell's name was expected, the line ended")]
    [InlineData("recurrent cell graph 1\ncell A B\n", "the line should end here, 'B' was found")]
    [InlineData("recurrent cell graph 1\ncell \"A\n", "second quotation mark")]
    [InlineData("recurrent cell graph 1\ncell \"A\\x\"\n", "a backslash")]
    [InlineData("recurrent cell graph 1\nparameter W [a, b\n", "']' was expected, the line ended")]
    [InlineData("recurrent cell graph 1\nparameter W [-1]\n", "a dimension was expected, '-1' was found")]
    [InlineData("recurrent cell graph 1\nparameter W [99999999999]\n", "a dimension was expected, '99999999999' was found")]
    [InlineData("recurrent cell graph 1\ntensor w of V from Uniform hidden\n", "'V' is no parameter")]
    [InlineData("recurrent cell graph 1\ntensor w of from Uniform hidden\n", "at least one parameter")]
    [InlineData("recurrent cell graph 1\n%1 [] = Constant 2\n", "value %0 was expected")]
    [InlineData("recurrent cell graph 1\n%0 [] = Constant two\n", "a number was expected, 'two' was found")]
    [InlineData("recurrent cell graph 1\n%0 [] = Explode %0\n", "'Explode' is no operation")]
    [InlineData("recurrent cell graph 1\n%0 [] = 7 %0\n", "an operation was expected, '7' was found")]
    [InlineData("recurrent cell graph 1\n%0 [] = Negate %0\n", "the first operand is 0, and there are 0")]
    [InlineData("recurrent cell graph 1\n%0 [] = Constant 1\n%1 [] = Add %0\n", "'%' was expected, the line ended")]
    [InlineData("recurrent cell graph 1\n%0 [2] = State 0\n", "the number of a State is 0, and there are 0")]
    [InlineData("recurrent cell graph 1\n%0 [2] = Parameter 0\n", "the number of a Parameter is 0, and there are 0")]
    [InlineData("recurrent cell graph 1\n%0 [2] = Input\n%1 [2] = Activate %0 0\n", "the number of a setting is 0, and there are 0")]
    [InlineData("recurrent cell graph 1\n%0 [2] = Input\nOutput 0 = %1\n", "the output's value is 1, and there are 1")]
    [InlineData("recurrent cell graph 1\ncell A\ninput x\n%0 [2] = Input\nNextState 0 = %0\n", "gives a next state 0, and has 0 states")]
    public void Broken_text_is_refused_with_what_is_wrong(string text, string message) =>
        Should.Throw<FormatException>(() => GraphText.Parse(text)).Message.ShouldContain(message);

    [Fact]
    public void Text_cut_or_changed_anywhere_is_read_or_refused_and_nothing_else()
    {
        string text = GraphText.Print(Sample);
        Random random = new(7);
        for (int i = 0; i < 3000; i++)
        {
            int at = random.Next(text.Length);
            string broken = random.Next(2) == 0
                ? text[..at]
                : text[..at] + (char)random.Next(32, 127) + text[Math.Min(text.Length, at + random.Next(3))..];
            try
            {
                GraphText.Parse(broken);
            }
            catch (FormatException)
            {
            }
        }
    }

    [Fact]
    public void The_numbers_of_a_graph_are_read_the_same_in_any_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "\u2212";
        try
        {
            CultureInfo.CurrentCulture = comma;
            RoundTrip(-1.5).ShouldBe(-1.5);
            GraphText.Print(Constant(-1.5)).ShouldContain("Constant -1.5\n");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CellGraph Constant(double value) => Sample with
    {
        Body = new OpGraph(new([Op.Number(value)]), new([""]), EquatableArray<GraphOutput>.Empty),
    };

    private static double RoundTrip(double value) => GraphText.Parse(GraphText.Print(Constant(value))).Body.Ops.Single().Constant;

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
