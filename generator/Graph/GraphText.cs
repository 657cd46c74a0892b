using System;
using System.Globalization;
using System.Text;

namespace Recurrent.Gen.Graph;

/// <summary>
/// A cell's graph as text, the form in which it travels in the attribute <c>CellGraph</c> of an assembly. <see cref="Parse"/> gives back
/// exactly what <see cref="Print(CellGraph)"/> was given.
/// </summary>
/// <example>
/// <code>
/// recurrent cell graph 1
/// cell Dense
/// input x
/// parameter W [hidden, input]
/// parameter b [hidden]
/// setting activation
/// tensor weight of W from Uniform input
/// tensor bias of b from Uniform input
/// %0 [hidden, input] = Parameter 0 as W
/// %1 [input] = Input as x
/// %2 [hidden] = Product %0 %1
/// %3 [hidden] = Parameter 1 as b
/// %4 [hidden] = Add %2 %3
/// %5 [hidden] = Activate %4 0
/// Output 0 = %5
/// </code>
/// </example>
public static class GraphText
{
    /// <summary>The first line; its number changes with the form of the others.</summary>
    public const string Header = "recurrent cell graph 1";

    /// <summary>The text of a cell, one line for each name and value, lines ended by <c>\n</c>.</summary>
    public static string Print(CellGraph cell)
    {
        StringBuilder text = new();
        text.Append(Header).Append('\n');
        text.Append("cell ").Append(Word(cell.Name)).Append('\n');
        text.Append("input ").Append(Word(cell.Input)).Append('\n');
        foreach (string state in cell.States)
        {
            text.Append("state ").Append(Word(state)).Append('\n');
        }

        foreach (CellParameter parameter in cell.Parameters)
        {
            text.Append("parameter ").Append(Word(parameter.Name)).Append(' ').Append(Shape(parameter.Shape)).Append('\n');
        }

        foreach (string setting in cell.Settings)
        {
            text.Append("setting ").Append(Word(setting)).Append('\n');
        }

        foreach (CellTensor tensor in cell.Tensors)
        {
            text.Append("tensor ").Append(Word(tensor.Name)).Append(" of");
            foreach (int part in tensor.Parts)
            {
                text.Append(' ').Append(Word(cell.Parameters[part].Name));
            }

            text.Append(" from ").Append(Word(tensor.Initializer)).Append(' ').Append(Dim(tensor.Fan)).Append('\n');
        }

        return text.Append(Print(cell.Body)).ToString();
    }

    /// <summary>The text of equations alone, one line for each value and each output.</summary>
    public static string Print(OpGraph graph)
    {
        StringBuilder text = new();
        for (int i = 0; i < graph.Ops.Count; i++)
        {
            Op op = graph.Ops[i];
            text.Append('%').Append(Number(i)).Append(' ').Append(Shape(op.Shape)).Append(" = ").Append(op.Kind.ToString());
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

    /// <summary>Reads what <see cref="Print(CellGraph)"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a cell's graph; the message names the line and what is wrong with it.</exception>
    public static CellGraph Parse(string text) => new GraphTextReader(text).Read();

    private static string Shape(Shape shape) => shape.Rank switch
    {
        0 => "[]",
        1 => $"[{Dim(shape.Rows)}]",
        _ => $"[{Dim(shape.Rows)}, {Dim(shape.Columns)}]",
    };

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
