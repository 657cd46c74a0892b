using System;
using System.Text;

namespace Recurrent.Gen.Emit;

/// <summary>Writes indented C#, one line at a time; lines end in <c>\n</c>.</summary>
public sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;

    /// <summary>Writes lines; an empty one gets no indentation.</summary>
    public CodeWriter Line(string lines = "")
    {
        foreach (string line in lines.Replace("\r", "").Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Append(' ', 4 * _indent).Append(line);
            }

            _text.Append('\n');
        }

        return this;
    }

    /// <summary>Writes lines within braces.</summary>
    public CodeWriter Block(string header, Action body, string close = "}")
    {
        if (header.Length > 0)
        {
            Line(header);
        }

        Line("{");
        _indent++;
        body();
        _indent--;
        return Line(close);
    }

    public override string ToString() => _text.ToString();
}
