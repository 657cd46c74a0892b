using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Recurrent.Gen.Graph;

/// <summary>One line of a graph's text: words, names in quotation marks, numbers, and the signs <c>% [ ] , =</c>.</summary>
internal sealed class GraphTextLine
{
    private readonly int _number;
    private readonly List<(string Text, bool IsQuoted)> _tokens = [];
    private int _next;

    public GraphTextLine(string line, int number)
    {
        _number = number;
        int position = 0;
        while (position < line.Length)
        {
            char c = line[position];
            if (c == ' ')
            {
                position++;
            }
            else if (c is '%' or '[' or ']' or ',' or '=')
            {
                _tokens.Add((c.ToString(), false));
                position++;
            }
            else if (c == '"')
            {
                position = ReadQuoted(line, position + 1);
            }
            else
            {
                int start = position;
                while (position < line.Length && line[position] is not (' ' or '%' or '[' or ']' or ',' or '=' or '"'))
                {
                    position++;
                }

                _tokens.Add((line.Substring(start, position - start), false));
            }
        }
    }

    /// <summary>Whether the next token is a number rather than a name.</summary>
    public bool NextIsNumber => _next < _tokens.Count && !_tokens[_next].IsQuoted && _tokens[_next].Text[0] is >= '0' and <= '9';

    public bool IsAtEnd => _next >= _tokens.Count;

    public FormatException Error(string what) =>
        new($"Line {_number.ToString(CultureInfo.InvariantCulture)} of a cell's graph: {what}.");

    public bool NextIs(string sign) => _next < _tokens.Count && !_tokens[_next].IsQuoted && _tokens[_next].Text == sign;

    public bool TryTake(string sign)
    {
        if (NextIs(sign))
        {
            _next++;
            return true;
        }

        return false;
    }

    public void Take(string sign)
    {
        if (!TryTake(sign))
        {
            throw Error($"'{sign}' was expected{Found()}");
        }
    }

    public string Word(string what)
    {
        if (_next < _tokens.Count)
        {
            (string text, bool isQuoted) = _tokens[_next];
            if (isQuoted || char.IsLetter(text[0]) || text[0] == '_')
            {
                _next++;
                return text;
            }
        }

        throw Error($"{what} was expected{Found()}");
    }

    /// <summary>A whole number from 0 to <paramref name="end"/> - 1.</summary>
    public int Number(string what, int end)
    {
        string text = Next(what);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
        {
            throw Error($"{what} was expected, '{text}' was found");
        }

        return value < end || end == int.MaxValue
            ? value
            : throw Error($"{what} is {text}, and there are {end.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>A whole number of any length, as it is written.</summary>
    public string Digits(string what)
    {
        string text = Next(what);
        foreach (char c in text)
        {
            if (c is < '0' or > '9')
            {
                throw Error($"{what} was expected, '{text}' was found");
            }
        }

        return text;
    }

    public double Real(string what)
    {
        string text = Next(what);
        return GraphText.TryReadNumber(text, out double value) ? value : throw Error($"{what} was expected, '{text}' was found");
    }

    public void End()
    {
        if (_next < _tokens.Count)
        {
            throw Error($"the line should end here{Found()}");
        }
    }

    private string Found() => _next < _tokens.Count ? $", '{_tokens[_next].Text}' was found" : ", the line ended";

    private string Next(string what) => _next < _tokens.Count && !_tokens[_next].IsQuoted
        ? _tokens[_next++].Text
        : throw Error($"{what} was expected{Found()}");

    private int ReadQuoted(string line, int position)
    {
        StringBuilder text = new();
        while (position < line.Length && line[position] != '"')
        {
            if (line[position] != '\\')
            {
                text.Append(line[position++]);
            }
            else if (position + 1 < line.Length && line[position + 1] is '"' or '\\')
            {
                text.Append(line[position + 1]);
                position += 2;
            }
            else if (position + 5 < line.Length
                && line[position + 1] == 'u'
                && ushort.TryParse(line.Substring(position + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                text.Append((char)code);
                position += 6;
            }
            else
            {
                throw Error("a backslash in a name is followed by a quotation mark, a backslash, or u and four hexadecimal digits");
            }
        }

        if (position >= line.Length)
        {
            throw Error("a name lacks its second quotation mark");
        }

        _tokens.Add((text.ToString(), true));
        return position + 1;
    }
}
