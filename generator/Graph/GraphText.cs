using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Graph;

/// <summary>
/// A cell's equations as text, the form in which they travel in the attribute <c>CellGraph</c> of an assembly. <see cref="Parse"/> gives back
/// exactly what <see cref="Print(CellEquations)"/> was given.
/// </summary>
/// <example>
/// <code>
/// recurrent cell graph 2
/// cell Leaky
/// input x
/// parameter W matrix from Uniform input
/// parameter b vector [1] from Constant hidden 0.5
/// parameter h0 vector from Zeros hidden
/// parameter S matrix from Identity hidden frozen
/// state h vector from h0
/// setting rate Number = 0.1
/// setting activation Choice of Activation = 3
/// tensor weight of W
/// tensor bias of b
/// tensor h0 of h0
/// %0 = Parameter 0 as W
/// %1 = Input as x
/// %2 = Product %0 %1
/// %3 = Parameter 1 as b
/// %4 = Add %2 %3
/// %5 = Setting 0 as rate
/// %6 = Multiply %5 %4
/// %7 = State 0 as h
/// %8 = Add %7 %6
/// Output 0 = %8
/// NextState 0 = %8
/// </code>
/// </example>
public static class GraphText
{
    /// <summary>The first line; its number changes with the form of the others.</summary>
    public const string Header = "recurrent cell graph 2";

    /// <summary>The words for ranks.</summary>
    internal static readonly string[] Ranks = ["number", "vector", "matrix"];

    /// <summary>The text of a cell, one line for each name and value, lines ended by <c>\n</c>.</summary>
    public static string Print(CellEquations cell)
    {
        StringBuilder text = new();
        text.Append(Header).Append('\n');
        text.Append("cell ").Append(Word(cell.Name)).Append('\n');
        text.Append("input ").Append(Word(cell.Input)).Append('\n');
        foreach (CellVariable parameter in cell.Parameters)
        {
            text.Append("parameter ").Append(Word(parameter.Name)).Append(Declared(parameter.Rank, parameter.Dimensions));
            text.Append(" from ").Append(Word(parameter.Start.Initializer)).Append(' ').Append(Dimension(parameter.Start.Fan));
            text.Append(BitConverter.DoubleToInt64Bits(parameter.Start.Value) == BitConverter.DoubleToInt64Bits(1) ? "" : " " + Number(parameter.Start.Value));
            text.Append(BitConverter.DoubleToInt64Bits(parameter.Start.Low) == 0 ? "" : " above " + Number(parameter.Start.Low));
            text.Append(parameter.Start.IsFrozen ? " frozen" : "").Append('\n');
        }

        foreach (CellState state in cell.States)
        {
            text.Append("state ").Append(Word(state.Name)).Append(Declared(state.Rank, state.Dimensions));
            text.Append(state.Initial < 0 ? "" : " from " + Word(cell.Parameters[state.Initial].Name)).Append('\n');
        }

        foreach (CellSetting setting in cell.Settings)
        {
            text.Append("setting ").Append(Word(setting.Name)).Append(' ').Append(setting.Kind.ToString());
            text.Append(setting.Enumeration.Length > 0 ? " of " + Word(setting.Enumeration) : "");
            text.Append(setting.Default is double value ? " = " + Number(value) : "").Append('\n');
        }

        foreach (CellTensor tensor in cell.Tensors)
        {
            text.Append("tensor ").Append(Word(tensor.Name)).Append(tensor.Depth.Length > 0 ? $" [{Dimension(tensor.Depth)}]" : "").Append(" of");
            foreach (int part in tensor.Parts)
            {
                text.Append(' ').Append(Word(cell.Parameters[part].Name));
            }

            text.Append('\n');
        }

        return text.Append(Print(cell.Body, isShaped: false)).ToString();
    }

    /// <summary>The text of equations alone, one line for each value and each output.</summary>
    public static string Print(OpGraph graph) => Print(graph, isShaped: true);

    private static string Print(OpGraph graph, bool isShaped)
    {
        StringBuilder text = new();
        for (int i = 0; i < graph.Ops.Count; i++)
        {
            Op op = graph.Ops[i];
            text.Append('%').Append(Number(i));
            text.Append(isShaped || op.Shape != Graph.Shape.Scalar ? " " + Shape(op.Shape) : "").Append(" = ").Append(op.Kind.ToString());
            if (op.Kind == OpKind.Constant)
            {
                text.Append(' ').Append(Number(op.Constant));
            }
            else if (op.HasA)
            {
                text.Append(" %").Append(Number(op.A));
                if (op.B >= 0)
                {
                    text.Append(op.HasB ? " %" : " ").Append(Number(op.B));
                }
            }
            else if (op.A >= 0)
            {
                text.Append(' ').Append(Number(op.A));
            }

            if (op.Kind != OpKind.Constant && !IsZero(op.Constant))
            {
                text.Append(" at ").Append(Number(op.Constant));
            }

            if (graph.Names[i].Length > 0)
            {
                text.Append(" as ").Append(Word(graph.Names[i]));
            }

            text.Append('\n');
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            text.Append(output.Kind.ToString()).Append(' ').Append(Number(output.Index)).Append(" = %").Append(Number(output.Value)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Print(CellEquations)"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a cell's graph; the message names the line and what is wrong with it.</exception>
    public static CellEquations Parse(string text) => new GraphTextReader(text).Read();

    private static string Shape(Shape shape) => shape.Rank switch
    {
        0 => "[]",
        1 => $"[{Dim(shape.Rows)}]",
        _ => $"[{Dim(shape.Rows)}, {Dim(shape.Columns)}]",
    };

    private static string Declared(int rank, EquatableArray<string> dimensions) =>
        " " + Ranks[rank] + (dimensions.Count == 0 ? "" : $" [{string.Join(", ", dimensions.Select(Dimension))}]");

    /// <summary>A dimension's expression: a name or a number as it is, anything else in quotation marks.</summary>
    private static string Dimension(string expression) =>
        expression.Length > 0 && expression.All(c => c is >= '0' and <= '9') ? expression : Word(expression);

    private static bool IsZero(double value) => BitConverter.DoubleToInt64Bits(value) == 0;

    private static string Dim(Dim dim) => dim.Name is null ? Number(dim.Size) : Word(dim.Name);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back as the same bits, and the bits themselves where there is none (a NaN with a payload).</summary>
    private static string Number(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        if (bits == BitConverter.DoubleToInt64Bits(-0.0))
        {
            return "-0";
        }

        foreach (string format in new[] { "R", "G17" })
        {
            string text = value.ToString(format, CultureInfo.InvariantCulture);
            if (TryReadNumber(text, out double read) && BitConverter.DoubleToInt64Bits(read) == bits)
            {
                return text;
            }
        }

        return "0x" + bits.ToString("x16", CultureInfo.InvariantCulture);
    }

    internal static bool TryReadNumber(string text, out double value)
    {
        if (text == "-0")
        {
            value = -0.0;
            return true;
        }

        if (text.StartsWith("0x", StringComparison.Ordinal)
            && long.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long bits))
        {
            value = BitConverter.Int64BitsToDouble(bits);
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A name, in quotation marks where it could be taken for something else.</summary>
    private static string Word(string name)
    {
        if (IsBare(name))
        {
            return name;
        }

        StringBuilder text = new("\"");
        foreach (char c in name)
        {
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c is < ' ' or > '~' && !char.IsLetterOrDigit(c))
            {
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        return text.Append('"').ToString();
    }

    private static bool IsBare(string name)
    {
        if (name.Length == 0 || name is "of" or "from" or "as" || !(char.IsLetter(name[0]) || name[0] == '_'))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!(char.IsLetterOrDigit(c) || c is '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
