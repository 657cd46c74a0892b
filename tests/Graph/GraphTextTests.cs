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
    private static readonly CellEquations Sample = new(
        "Größe",
        "x",
        new([new("h", 1, EquatableArray<string>.Empty), new("of", 2, new(["hidden / 2", "007"]), 2), new("s", 0, EquatableArray<string>.Empty)]),
        new([
            new("W", 2, EquatableArray<string>.Empty, CellStart.Usual),
            new("of", 1, new(["3"]), new CellStart("Constant", "frozen", -0.0)),
            new("frozen", 0, EquatableArray<string>.Empty, new CellStart("frozen", "frozen", IsFrozen: true)),
            new("from", 2, new(["count", "(a or b) * 7"]), new CellStart("Normal", "input + 1", 0.1, IsFrozen: true)),
        ]),
        new([new("activation", SettingKind.Choice, 3, "Activation"), new("as", SettingKind.Whole, null), new("=", SettingKind.Number, -0.0), new("b", SettingKind.Flag, 1)]),
        new([new("weight \"x\" \\ \n\ud800", new([0]), "2 * of"), new("", new([2, 1]))]),
        new(
            new([
                new(OpKind.Parameter, 2, Shape.Scalar),
                new(OpKind.Input, -1, Shape.Scalar),
                new(OpKind.State, 1, Shape.Scalar),
                new(OpKind.Row, 0, 1, Shape.Scalar),
                new(OpKind.Setting, 1, Shape.Scalar),
                new(OpKind.Negate, 4, Shape.Scalar),
                Op.Number(0.1),
                new(OpKind.Spread, 6, Shape.Vector(new Dim("7"))),
                new(OpKind.Slice, 7, -1, Shape.Vector(2), 5),
                new(OpKind.Pad, 8, -1, Shape.Vector(new Dim("hidden + 1")), 1),
                new(OpKind.SpreadRows, 8, Shape.Matrix(Dim.Hidden, new Dim(4))),
                new(OpKind.When, 4, 8, Shape.Scalar),
                new(OpKind.Otherwise, 11, 9, Shape.Scalar),
            ]),
            new(["from", "x", "c", "", "Output", "%3", "%", "=", "[", "0x1", "at", "as", ""]),
            new([new(OutputKind.Output, 0, 5), new(OutputKind.NextState, 1, 2), new(OutputKind.Saved, 3, 9), new(OutputKind.ParameterGradient, 2, 9)])));

    [Fact]
    public void A_graph_printed_and_parsed_back_is_the_same_graph()
    {
        string text = GraphText.Print(Sample);

        GraphText.Parse(text).ShouldBe(Sample);
        GraphText.Print(GraphText.Parse(text)).ShouldBe(text);
        text.ShouldStartWith("recurrent cell graph 2\n");
    }

    [Fact]
    public void Random_equations_printed_and_parsed_back_are_the_same()
    {
        Random random = new(13);
        for (int i = 0; i < 1000; i++)
        {
            CellEquations cell = RandomEquations.Draw(random);
            string text = GraphText.Print(cell);

            CellEquations parsed = GraphText.Parse(text);

            parsed.ShouldBe(cell, text);
            parsed.GetHashCode().ShouldBe(cell.GetHashCode());
            GraphText.Print(parsed).ShouldBe(text);
        }
    }

    [Fact]
    public void Text_of_an_older_generator_asks_for_its_assembly_to_be_built_again() =>
        Should.Throw<FormatException>(() => GraphText.Parse("recurrent cell graph 1\ncell A\ninput x\n")).Message
            .ShouldContain("begins with 'recurrent cell graph 1'. Build the assembly that carries it again");

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
            op = op.HasB ? op with { B = 0 } : op;
            CellEquations cell = Sample with
            {
                Body = new OpGraph(new([new(OpKind.Input, -1, Shape.Vector(2)), op]), new(["x", "value"]), EquatableArray<GraphOutput>.Empty),
            };

            GraphText.Parse(GraphText.Print(cell)).ShouldBe(cell);
        }
    }

    [Theory]
    [InlineData("", "begins with 'recurrent cell graph 2'")]
    [InlineData("recurrent cell graph 3\n", "begins with 'recurrent cell graph 3'")]
    [InlineData("recurrent cell graph 2\n", "names its cell")]
    [InlineData("recurrent cell graph 2\ncell A\n", "names its input")]
    [InlineData("recurrent cell graph 2\nfoo A\n", "Line 2 of a cell's graph: 'foo' begins no line")]
    [InlineData("recurrent cell graph 2\ncell\n", "Line 2 of a cell's graph: the cell's name was expected, the line ended")]
    [InlineData("recurrent cell graph 2\ncell A B\n", "the line should end here, 'B' was found")]
    [InlineData("recurrent cell graph 2\ncell \"A\n", "second quotation mark")]
    [InlineData("recurrent cell graph 2\ncell \"A\\x\"\n", "a backslash")]
    [InlineData("recurrent cell graph 2\nparameter W matrix [a, b\n", "']' was expected, the line ended")]
    [InlineData("recurrent cell graph 2\nparameter W vector [-1]\n", "a dimension was expected, '-1' was found")]
    [InlineData("recurrent cell graph 2\nparameter W tensor\n", "'tensor' is no rank")]
    [InlineData("recurrent cell graph 2\ntensor w of V\n", "'V' is no parameter")]
    [InlineData("recurrent cell graph 2\ntensor w of\n", "at least one parameter")]
    [InlineData("recurrent cell graph 2\n%1 [] = Constant 2\n", "value %0 was expected")]
    [InlineData("recurrent cell graph 2\n%0 [] = Constant two\n", "a number was expected, 'two' was found")]
    [InlineData("recurrent cell graph 2\n%0 [] = Explode %0\n", "'Explode' is no operation")]
    [InlineData("recurrent cell graph 2\n%0 [] = 7 %0\n", "an operation was expected, '7' was found")]
    [InlineData("recurrent cell graph 2\n%0 [] = Negate %0\n", "the first operand is 0, and there are 0")]
    [InlineData("recurrent cell graph 2\n%0 [] = Constant 1\n%1 [] = Add %0\n", "'%' was expected, the line ended")]
    [InlineData("recurrent cell graph 2\n%0 [2] = State 0\n", "the number of a State is 0, and there are 0")]
    [InlineData("recurrent cell graph 2\n%0 [2] = Parameter 0\n", "the number of a Parameter is 0, and there are 0")]
    [InlineData("recurrent cell graph 2\n%0 [2] = Input\nOutput 0 = %1\n", "the output's value is 1, and there are 1")]
    [InlineData("recurrent cell graph 2\ncell A\ninput x\n%0 [2] = Input\nNextState 0 = %0\n", "gives a next state 0, and has 0 states")]
    [InlineData("recurrent cell graph 2\n%0 [99999999999] = Input\n", "a dimension was expected, '99999999999' was found")]
    [InlineData("recurrent cell graph 2\n%0 = Setting 0\n", "the number of a Setting is 0, and there are 0")]
    [InlineData("recurrent cell graph 2\nstate h vector from h0\n", "'h0' is no parameter of an earlier line")]
    [InlineData("recurrent cell graph 2\nparameter W vector\n", "'from' was expected, the line ended")]
    [InlineData("recurrent cell graph 2\nparameter W vector from Uniform a\nparameter W vector from Uniform a\n", "Line 3 of a cell's graph: 'W' is a parameter of an earlier line")]
    [InlineData("recurrent cell graph 2\nsetting a Vague\n", "'Vague' is no kind of setting")]
    [InlineData("recurrent cell graph 2\nsetting a Number = x\n", "the setting's default was expected, 'x' was found")]
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

    private static CellEquations Constant(double value) => Sample with
    {
        Body = new OpGraph(new([Op.Number(value)]), new([""]), EquatableArray<GraphOutput>.Empty),
    };

    private static double RoundTrip(double value) => GraphText.Parse(GraphText.Print(Constant(value))).Body.Ops.Single().Constant;

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
