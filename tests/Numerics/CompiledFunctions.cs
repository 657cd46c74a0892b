using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Recurrent.Gen.Emit;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;
using Recurrent.Tests.Pipeline;

namespace Recurrent.Tests.Numerics;

/// <summary>The functions that kernels call, and primitives, compiled for each instruction set, apart from any network.</summary>
internal static class CompiledFunctions
{
    /// <summary>Arrays have as many floats as a multiple of it, the lanes of the widest vector.</summary>
    public const int Lanes = 16;

    private static readonly Lazy<Assembly> Compiled = new(() => Consumer.Build(Source()).Assembly);

    /// <summary>Primitives that are tested by themselves.</summary>
    private static readonly Primitive[] Primitives = [Primitive.Exponent, Primitive.Significand, Primitive.FoldAdd, Primitive.FoldMax];

    /// <summary>What a function or a primitive gives, vector by vector.</summary>
    public static float[] Apply(string name, InstructionSet instructionSet, float[] a, float[]? b = null)
    {
        if (a.Length % Lanes != 0)
        {
            throw new ArgumentException($"{a.Length} floats are no multiple of {Lanes}.", nameof(a));
        }

        float[] result = new float[a.Length];
        Compiled.Value.GetType($"{instructionSet}Math", throwOnError: true)!.GetMethod("To" + name)!
            .CreateDelegate<Action<float[], float[], float[]>>()(a, b ?? a, result);
        return result;
    }

    /// <summary>The number that a function gives, which must be the same on every lane.</summary>
    public static float At(string name, InstructionSet instructionSet, float a, float b = 0)
    {
        float[] result = Apply(name, instructionSet, [.. Enumerable.Repeat(a, Lanes)], [.. Enumerable.Repeat(b, Lanes)]);
        return result.All(value => BitConverter.SingleToInt32Bits(value) == BitConverter.SingleToInt32Bits(result[0]))
            ? result[0]
            : throw new InvalidOperationException($"{instructionSet}: {name}({a}, {b}) differs from lane to lane.");
    }

    private static string Source()
    {
        CodeWriter code = new();
        foreach (string name in SourceFile.KernelUsings)
        {
            code.Line($"using {name};");
        }

        foreach (Target target in Targets.All)
        {
            code.Block($"public static unsafe class {target.Functions}", () => Members(code, target));
        }

        return code.ToString();
    }

    private static void Members(CodeWriter code, Target target)
    {
        KernelEmitter emitter = new(code, target);
        foreach (string member in target.Support.Values)
        {
            code.Line(member);
        }

        foreach (Function function in Activations.All)
        {
            emitter.Function(function);
            Whole(code, emitter, target, function.Name, function.Parameters.Count, arguments => new Call(function.Name, arguments));
        }

        foreach (Primitive primitive in Primitives)
        {
            Whole(code, emitter, target, primitive.ToString(), 1, arguments => new Apply(primitive, arguments));
        }
    }

    /// <summary>A kernel that goes through arrays, and a method that calls it.</summary>
    private static void Whole(CodeWriter code, KernelEmitter emitter, Target target, string name, int arity, Func<Expression[], Expression> apply)
    {
        IndexTerm index = new("i");
        Expression[] arguments = [.. new[] { "left", "right" }.Take(arity).Select(pointer => new Load(Address.At(pointer, 0, index)))];
        IEnumerable<Statement> body = [new Store(Address.At("result", 0, index), apply(arguments))];
        Loop loop = new("i", "0", "n", target.Lanes, body.ToEquatableArray());
        emitter.Kernel(
            new Kernel(
                "Through" + name,
                name,
                new[] { "n" }.ToEquatableArray(),
                new[] { "left", "right", "result" }.ToEquatableArray(),
                new Statement[] { loop }.ToEquatableArray()),
            "private");
        code.Block($"public static void To{name}(float[] left, float[] right, float[] result)", () =>
            code.Line($"fixed (float* a = left, b = right, c = result) Through{name}(left.Length, a, b, c);"));
    }
}
