using System;
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

    public static string Pointer(Address address)
    {
        string text = Name(address.Pointer);
        foreach (IndexTerm term in address.Terms)
        {
            text += term.Factor == "1" ? $" + {term.Index}" : $" + ({term.Index} * {term.Factor})";
        }

        return address.Offset == 0 ? text : text + " + " + address.Offset.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The float that lies at an address.</summary>
    public static string Element(Address address)
    {
        string pointer = Pointer(address);
        return pointer.Contains(' ') ? $"*({pointer})" : $"*{pointer}";
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
                return Primitive(Schedule.Primitive.Load, Place(Schedule.Primitive.Load, load.Address));
            case Load load:
                return Primitive(Schedule.Primitive.LoadPartial, Place(Schedule.Primitive.LoadPartial, load.Address), Mask(load.Lanes), Count(load.Lanes));
            case LoadWords load:
                return Primitive(Schedule.Primitive.LoadWords, Place(Schedule.Primitive.LoadWords, load.Address));
            case SplatWords splat:
                return Primitive(Schedule.Primitive.SplatWords, Place(Schedule.Primitive.SplatWords, splat.Address));
            case WholeNumber number:
                return Primitive(Schedule.Primitive.WholeNumber, number.Value.ToString(CultureInfo.InvariantCulture));
            case FirstLanes first:
                return Primitive(Schedule.Primitive.FirstLanes, Expression(first.Value), Mask(first.Lanes));
            case Splat splat:
                return Primitive(Schedule.Primitive.Splat, Place(Schedule.Primitive.Splat, splat.Address));
            case Start start:
                return Pointer(start.Address);
            case Apply { Primitive: Schedule.Primitive.LoadFirstPairs or Schedule.Primitive.LoadSecondPairs } load:
                return Primitive(load.Primitive, Place(load.Primitive, ((Start)load.Arguments[0]).Address));
            case Apply apply:
                return Primitive(apply.Primitive, apply.Arguments.Select(argument => Operand(apply.Primitive, argument)).ToArray());
            case Call call:
                return $"{Target.Functions}.{call.Function}({string.Join(", ", call.Arguments.Select(Expression))})";
            default:
                throw new InvalidOperationException($"{expression.GetType().Name} has no spelling.");
        }
    }

    /// <summary>Writes whole numbers of 16 bits; the address counts these.</summary>
    public string Store(StoreWhole store) => Primitive(Schedule.Primitive.StoreWhole, Pointer(store.Address), Expression(store.Value));

    public string Store(Store store) => store.Lanes switch
    {
        0 => Primitive(Schedule.Primitive.Store, Place(Schedule.Primitive.Store, store.Address), Expression(store.Value)),
        1 => Primitive(Schedule.Primitive.StoreFirst, Place(Schedule.Primitive.StoreFirst, store.Address), Expression(store.Value)),
        _ => Primitive(Schedule.Primitive.StorePartial, Place(Schedule.Primitive.StorePartial, store.Address), Mask(store.Lanes), Expression(store.Value), Count(store.Lanes)),
    };

    private static string Count(int lanes) => lanes.ToString(CultureInfo.InvariantCulture);

    private string Primitive(Primitive primitive, params string[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, Target.Spelling[primitive], arguments);

    /// <summary>An address behind a dereference or a cast needs parentheses, as an argument it does not.</summary>
    private string Place(Primitive primitive, Address address)
    {
        string pointer = Pointer(address);
        string spelling = Target.Spelling[primitive];
        return pointer.Contains(' ') && (spelling.Contains("*{0}") || spelling.Contains("*){0}")) ? $"({pointer})" : pointer;
    }

    /// <summary>An operand of an operator needs parentheses where it is made with one itself.</summary>
    private string Operand(Primitive primitive, Expression expression)
    {
        string text = Expression(expression);
        bool isOperator = expression switch
        {
            Apply apply => !IsCall(apply.Primitive),
            Number => text.StartsWith("-", StringComparison.Ordinal),
            _ => false,
        };
        return isOperator && !IsCall(primitive) ? $"({text})" : text;
    }

    /// <summary>Whether a primitive is spelled as a call that takes its operands as they are.</summary>
    private bool IsCall(Primitive primitive)
    {
        string spelling = Target.Spelling[primitive];
        return spelling.EndsWith(")", StringComparison.Ordinal) && !spelling.Contains("-{0}");
    }
}
