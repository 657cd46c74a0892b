using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Recurrent.Gen.Graph;

/// <summary>
/// A dimension as a declaration writes it: names (<c>input</c>, <c>hidden</c>, settings, arguments of the layer's attribute), whole numbers,
/// <c>+ - * /</c>, parentheses, and <c>a or b</c>, which is a where a is greater than 0, else b, and binds weakest.
/// </summary>
public sealed class DimensionExpression
{
    private const int MaximumDepth = 100;

    private readonly Node _root;

    private DimensionExpression(Node root) => _root = root;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FormatException">It is none; the message says why, as a clause.</exception>
    public static DimensionExpression Parse(string text) => new(new Reader(text).Read());

    /// <summary>The names in it, each as often as it appears.</summary>
    public IEnumerable<string> Names => NamesOf(_root);

    /// <summary>Reads an expression, or says why it is none.</summary>
    public static bool TryParse(string text, out DimensionExpression? expression, out string error)
    {
        try
        {
            expression = Parse(text);
            error = "";
            return true;
        }
        catch (FormatException broken)
        {
            expression = null;
            error = broken.Message;
            return false;
        }
    }

    /// <summary>The value for the sizes that are known; names whose sizes are not stay in it.</summary>
    /// <param name="size">The size of a name, or null.</param>
    /// <exception cref="FormatException">It divides by 0, its numbers are too large, or two whole numbers are divided that leave a remainder.</exception>
    public Quantity Evaluate(Func<string, long?> size)
    {
        try
        {
            return Evaluate(_root, size);
        }
        catch (OverflowException)
        {
            throw new FormatException("its numbers are too large");
        }
    }

    private static IEnumerable<string> NamesOf(Node node) => node.Sign == ""
        ? node.Name is null ? [] : [node.Name]
        : NamesOf(node.Left!).Concat(NamesOf(node.Right!));

    private static Quantity Evaluate(Node node, Func<string, long?> size)
    {
        if (node.Sign == "")
        {
            return node.Name is null ? Quantity.Of(node.Number) : size(node.Name) is long known ? Quantity.Of(known) : Quantity.Of(node.Name);
        }

        Quantity left = Evaluate(node.Left!, size);
        if (node.Sign == "or" && (left.Whole is not null || left.IsPositive))
        {
            return left.IsPositive ? left : Evaluate(node.Right!, size);
        }

        Quantity right = Evaluate(node.Right!, size);
        return node.Sign switch
        {
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            "/" => Divide(left, right),
            _ => Quantity.Of($"({left} or {right})"),
        };
    }

    private static Quantity Divide(Quantity left, Quantity right)
    {
        Quantity quotient = Quantity.Divide(left, right) ?? throw new FormatException($"{left} / {right} is no number");
        return left.Whole is null || !quotient.IsNumber || quotient.Whole is not null
            ? quotient
            : throw new FormatException($"{left} / {right} is no whole number");
    }

    private sealed record Node(string Sign, Node? Left, Node? Right, string? Name, long Number);

    private sealed class Reader(string text)
    {
        private readonly List<string> _tokens = Tokens(text);
        private int _next;
        private int _depth;

        public Node Read()
        {
            Node root = ReadChoice();
            return _next == _tokens.Count ? root : throw Wrong($"'{_tokens[_next]}' stands where it should end");
        }

        private static List<string> Tokens(string text)
        {
            List<string> tokens = [];
            for (int i = 0; i < text.Length;)
            {
                int start = i++;
                if (IsWord(text[start]))
                {
                    while (i < text.Length && IsWord(text[i]))
                    {
                        i++;
                    }
                }

                if (text[start] is not (' ' or '\t'))
                {
                    tokens.Add(text.Substring(start, i - start));
                }
            }

            return tokens;
        }

        private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

        private Node ReadChoice()
        {
            Node left = ReadSum();
            return TryTake("or") ? Deeper(() => new Node("or", left, ReadChoice(), null, 0)) : left;
        }

        private Node ReadSum()
        {
            Node left = ReadProduct();
            while (TakeAny("+", "-") is string sign)
            {
                left = Deeper(() => new Node(sign, left, ReadProduct(), null, 0), stays: true);
            }

            return left;
        }

        private Node ReadProduct()
        {
            Node left = ReadOne();
            while (TakeAny("*", "/") is string sign)
            {
                left = Deeper(() => new Node(sign, left, ReadOne(), null, 0), stays: true);
            }

            return left;
        }

        private Node ReadOne()
        {
            if (TryTake("("))
            {
                Node inner = Deeper(ReadChoice);
                return TryTake(")") ? inner : throw Wrong("a parenthesis is not closed");
            }

            string token = _next < _tokens.Count ? _tokens[_next++] : throw Wrong("a name or a number is missing at its end");
            if (token[0] is >= '0' and <= '9')
            {
                return long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= int.MaxValue
                    ? new Node("", null, null, null, number)
                    : throw Wrong($"'{token}' is no whole number below 2147483648");
            }

            return IsWord(token[0]) && !char.IsDigit(token[0]) && token != "or" ? new Node("", null, null, token, 0) : throw Wrong($"'{token}' stands where a name or a number should");
        }

        /// <summary>Reads a part, so that neither reading nor evaluating an expression can exhaust the stack.</summary>
        private Node Deeper(Func<Node> read, bool stays = false)
        {
            if (++_depth > MaximumDepth)
            {
                throw Wrong("it is too long");
            }

            Node node = read();
            _depth -= stays ? 0 : 1;
            return node;
        }

        private bool TryTake(string token)
        {
            bool taken = _next < _tokens.Count && _tokens[_next] == token;
            _next += taken ? 1 : 0;
            return taken;
        }

        private string? TakeAny(string one, string other) => TryTake(one) ? one : TryTake(other) ? other : null;

        private static FormatException Wrong(string why) => new(why);
    }
}
