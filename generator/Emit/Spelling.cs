using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Emit;

/// <summary>Spells names, numbers, addresses and expressions in C# for one instruction set.</summary>
public sealed class Spelling(Target target)
{
    public Target Target { get; } = target;

    /// <summary>A float that reads back as the same bits.</summary>
    public static string Float(float value) => value switch
    {
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        _ when float.IsNaN(value) => "float.NaN",
        _ when value == 0 && 1 / value < 0 => "-0f",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "f",
    };

    /// <summary>A double that reads back as the same bits.</summary>
    public static string Double(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ when double.IsNaN(value) => "double.NaN",
        _ when value == 0 && 1 / value < 0 => "-0d",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>The local that masks the first lanes of a vector.</summary>
    public static string Mask(int lanes) => "first" + Count(lanes);

    /// <summary>An address. It is that of an element, which the compiler binds several times as fast as a sum of a pointer and a number.</summary>
    public static string Pointer(Address address) => Pointer(Name(address.Pointer), address);

    /// <summary>The float that lies at an address.</summary>
    public static string Element(Address address)
    {
        string pointer = Pointer(address);
        return pointer[0] == '&' ? pointer.Substring(1) : "*" + pointer;
    }

    /// <summary>A name, escaped where it is a keyword.</summary>
    public static string Name(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) != Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? "@" + name : name;

    public string Expression(Expression expression)
    {
        switch (expression)
        {
            case Local local:
                return local.Name;
            case Number number:
                return Primitive(Schedule.Primitive.Number, Float(number.Value));
            case Load { Lanes: 0 } load:
                return At(Schedule.Primitive.Load, load.Address);
            case Load load:
                return At(Schedule.Primitive.LoadPartial, load.Address, Mask(load.Lanes), Count(load.Lanes));
            case LoadWords load:
                return At(Schedule.Primitive.LoadWords, load.Address);
            case WholeNumber number:
                return Primitive(Schedule.Primitive.WholeNumber, number.Value.ToString(CultureInfo.InvariantCulture));
            case FirstLanes first:
                return Primitive(Schedule.Primitive.FirstLanes, Expression(first.Value), Mask(first.Lanes));
            case Splat splat:
                return At(Schedule.Primitive.Splat, splat.Address);
            case LoadFour load:
                return At(Schedule.Primitive.LoadFour, load.Address);
            case SplatOfFour splat:
                const int AllPairs = 0x55;
                return Primitive(Schedule.Primitive.SplatOfFour, Expression(splat.Four), Count(splat.Number), Count(splat.Number * AllPairs));
            case Start start:
                return Pointer(start.Address);
            case Apply { Arguments: [Start start, ..] } apply:
                return At(apply.Primitive, start.Address, apply.Arguments.Skip(1).Select(Expression).ToArray());
            case Apply apply:
                return Primitive(apply.Primitive, apply.Arguments.SelectMany(argument => Operands(apply.Primitive, argument)).ToArray());
            case Call call:
                return $"{Target.Functions}.{call.Function}({string.Join(", ", call.Arguments.Select(Expression))})";
            default:
                throw new InvalidOperationException($"{expression.GetType().Name} has no spelling.");
        }
    }

    /// <summary>Writes whole numbers of 16 bits; the address counts these.</summary>
    public string Store(StoreWhole store) =>
        Primitive(Schedule.Primitive.StoreWhole, Pointer($"((short*){Name(store.Address.Pointer)})", store.Address), Expression(store.Value));

    public string Store(Store store) => store.Lanes switch
    {
        0 => At(Schedule.Primitive.Store, store.Address, Expression(store.Value)),
        1 => At(Schedule.Primitive.StoreFirst, store.Address, Expression(store.Value)),
        _ => At(Schedule.Primitive.StorePartial, store.Address, Mask(store.Lanes), Expression(store.Value), Count(store.Lanes)),
    };

    private static string Count(int lanes) => lanes.ToString(CultureInfo.InvariantCulture);

    private string Primitive(Primitive primitive, params string[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, Target.Spelling[primitive], arguments);

    /// <summary>A primitive at an address, or at what lies there.</summary>
    private string At(Primitive primitive, Address address, params string[] arguments)
    {
        const string There = "*{0}";
        string spelling = Target.Spelling[primitive];
        bool isThere = spelling.Contains(There);
        string[] all = [isThere ? Element(address) : Pointer(address), .. arguments];
        return string.Format(CultureInfo.InvariantCulture, isThere ? spelling.Replace(There, "{0}") : spelling, all);
    }

    private static string Pointer(string text, Address address)
    {
        foreach (IndexTerm term in address.Terms)
        {
            text = ElementOf(text, term.Factor == "1" ? term.Index : $"{term.Index} * {term.Factor}");
        }

        return address.Offset == 0 ? text : ElementOf(text, address.Offset.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Behind each other, and not as one sum: a number that is added to a pointer of 64 bits becomes a part of the instruction.</summary>
    private static string ElementOf(string pointer, string index) => pointer[0] == '&' ? $"&({pointer})[{index}]" : $"&{pointer}[{index}]";

    /// <summary>What an argument is spelled as: a table as so many vectors as hold it.</summary>
    private IEnumerable<string> Operands(Primitive primitive, Expression argument) => argument is Table table ? Vectors(table) : [Operand(primitive, argument)];

    /// <summary>A vector that is longer than a table holds it more than once, so that an index of more bits finds it too. One lane is no vector: all numbers are one argument.</summary>
    private IEnumerable<string> Vectors(Table table)
    {
        string[] numbers = [.. table.Values.Select(Float)];
        if (Target.Lanes == 1)
        {
            return [string.Join(", ", numbers)];
        }

        int lanes = Math.Min(Target.Lanes, numbers.Length);
        return Enumerable.Range(0, numbers.Length / lanes)
            .Select(vector => string.Join(", ", numbers.Skip(vector * lanes).Take(lanes)))
            .Select(vector => Primitive(Schedule.Primitive.Number, string.Join(", ", Enumerable.Repeat(vector, Target.Lanes / lanes))));
    }

    /// <summary>An operand of an operator needs parentheses where it is made with one itself.</summary>
    private string Operand(Primitive primitive, Expression expression)
    {
        string text = Expression(expression);
        bool isOperator = expression switch
        {
            Apply apply => !IsCall(apply.Primitive),
            Number => text.StartsWith("-", StringComparison.Ordinal),
            Load or LoadWords => text.StartsWith("*(", StringComparison.Ordinal),
            _ => false,
        };
        bool isAsItIs = IsCall(primitive) && !(text.StartsWith("*", StringComparison.Ordinal) && Target.Spelling[primitive].Contains("}."));
        return isOperator && !isAsItIs ? $"({text})" : text;
    }

    /// <summary>Whether a primitive is spelled as a call that takes its operands as they are.</summary>
    private bool IsCall(Primitive primitive)
    {
        string spelling = Target.Spelling[primitive];
        return spelling.EndsWith(")", StringComparison.Ordinal) && !spelling.Contains("-{0}");
    }
}
