using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Emit;

/// <summary>Writes kernels and functions as C# methods.</summary>
public sealed class KernelEmitter(CodeWriter code, Target target)
{
    /// <summary>The type of what tells a thread its part of a kernel.</summary>
    public const string ShareType = "global::Recurrent.Share";

    private readonly Spelling _spelling = new(target);

    /// <summary>Writes a kernel as a method that the JIT compiles at full optimisation when it is first called.</summary>
    public void Kernel(Kernel kernel, string access)
    {
        IEnumerable<string> parameters = kernel.Numbers.Select(n => $"int {n}").Concat(kernel.IsShared ? [$"{ShareType} {Lower.Kernel.Share}"] : []).Concat(kernel.Pointers.Select(p => $"float* {Spelling.Name(p)}"))
            .Concat(kernel.Vectors.Select(v => $"{target.VectorType} {v}"));
        code.Line($"/// <summary>{SecurityElement.Escape(kernel.Summary)}</summary>");
        code.Line($"[MethodImpl(MethodImplOptions.AggressiveOptimization){(kernel.Body.All().Any(statement => statement is DeclareOwn) ? ", SkipLocalsInit" : "")}]");
        code.Block($"{access} static void {kernel.Name}({string.Join(", ", parameters)})", () =>
        {
            Masks(kernel.Body);
            Statements(kernel.Body);
        });
    }

    /// <summary>Writes a function of vectors, to be inlined.</summary>
    public void Function(Function function)
    {
        code.Line($"/// <summary>{SecurityElement.Escape(function.Summary)}</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        string parameters = string.Join(", ", function.Pointers.Select(name => $"float* {name}").Concat(function.Parameters.Select(name => $"{target.VectorType} {name}")));
        code.Block($"internal static {target.VectorType} {function.Name}({parameters})", () =>
        {
            bool hasManyConstants = !target.HasManyRegisters || function.Primitives.Contains(Primitive.Lookup);
            if (target.Lanes > 1 && hasManyConstants && function.Pointers.Count == 0 && function.Body.Count > 1)
            {
                code.Line("// Behind a branch that no compiler decides, constants are read where they are needed, and not kept on the stack from one use to the next.");
                code.Block("if (global::Recurrent.Unknown.False)", () => code.Line($"return {function.Parameters[0]};"));
                code.Line();
            }

            Masks(function.Body);
            Statements(function.Body);
        });
    }

    /// <summary>Declares the masks for partial vectors.</summary>
    private void Masks(IEnumerable<Statement> body)
    {
        int[] masks = body.All().SelectMany(Masks).Where(lanes => lanes > 0).Distinct().OrderBy(lanes => lanes).ToArray();
        foreach (int lanes in masks)
        {
            code.Line($"{target.VectorType} {Spelling.Mask(lanes)} = {target.TailMask(lanes)};");
        }

        if (masks.Length > 0)
        {
            code.Line();
        }
    }

    private IEnumerable<int> Masks(Statement statement) => statement.AllValues().Select(value => value switch
    {
        Load { Lanes: > 0 } load when target.HasMask(Primitive.LoadPartial) => load.Lanes,
        FirstLanes first => first.Lanes,
        _ => 0,
    }).Append(statement is Store { Lanes: > 1 } store && target.HasMask(Primitive.StorePartial) ? store.Lanes : 0);

    private void Statements(IEnumerable<Statement> statements)
    {
        Statement? before = null;
        foreach (Statement statement in statements)
        {
            bool isBlock = statement is Loop or Scope or IfGiven or FirstAlone;
            bool isApart = (isBlock && before is not Comment) || before is Loop or Scope or IfGiven or FirstAlone
                || (statement is Comment && before is not null)
                || (statement is Store or StoreWhole != before is Store or StoreWhole)
                || (statement is Advance or Return && before is not (Advance or Return))
                || (before is Advance && statement is not Advance);
            if (isApart && before is not null)
            {
                code.Line();
            }

            Statement(statement);
            before = statement;
        }
    }

    private void Statement(Statement statement)
    {
        switch (statement)
        {
            case Comment comment:
                code.Line($"// {comment.Text}");
                break;
            case Declare declare:
                code.Line($"{target.VectorType} {declare.Name} = {_spelling.Expression(declare.Value)};");
                break;
            case DeclareWords declare:
                code.Line($"{target.WordsType} {declare.Name} = {_spelling.Expression(declare.Value)};");
                break;
            case Assign assign:
                code.Line($"{assign.Name} = {_spelling.Expression(assign.Value)};");
                break;
            case Store store:
                code.Line($"{_spelling.Store(store)};");
                break;
            case Keep keep:
                code.Line($"{_spelling.Store(new Store(keep.Address, keep.Value))};{(keep.Value is Local ? "" : $" // {keep.Name}")}");
                break;
            case StoreWhole store:
                code.Line($"{_spelling.Store(store)};");
                break;
            case DeclarePointer pointer:
                code.Line($"float* {Spelling.Name(pointer.Name)} = {Spelling.Pointer(pointer.Address)};");
                break;
            case Point point:
                code.Line($"{Spelling.Name(point.Pointer)} = {Spelling.Pointer(point.Address)};");
                break;
            case DeclareOwn own:
                StackMemory.Declare(code, own.Name, own.Floats);
                break;
            case DeclareIndex index:
                code.Line($"int {index.Name} = (int){Spelling.Element(index.Address)};");
                break;
            case Advance advance when advance.Amount.StartsWith("-", System.StringComparison.Ordinal):
                code.Line($"{Spelling.Name(advance.Pointer)} -= {advance.Amount.Substring(1)};");
                break;
            case Advance advance:
                code.Line($"{Spelling.Name(advance.Pointer)} += {advance.Amount};");
                break;
            case Loop loop:
                string step = loop.Step == 1 ? $"{loop.Index}++" : $"{loop.Index} += {Text(loop.Step)}";
                bool isExact = loop.Step == 1 || int.TryParse(loop.End, NumberStyles.None, CultureInfo.InvariantCulture, out _);
                string condition = isExact ? $"{loop.Index} < {loop.End}" : $"{loop.Index} + {Text(loop.Step)} <= {loop.End}";
                code.Block($"for (int {loop.Index} = {loop.Start}; {condition}; {step})", () => Statements(loop.Body));
                break;
            case DeclareTurned turned:
                code.Line($"int {turned.Name} = ({turned.Time} & 1) == 0 ? {turned.Up} : {turned.Down};");
                break;
            case Scope scope:
                code.Block("", () => Statements(scope.Body));
                break;
            case IfGiven given:
                code.Block($"if ({Spelling.Name(given.Pointer)} != null)", () => Statements(given.Body));
                break;
            case DeclareShare bound:
                code.Line($"int {bound.Name} = {Lower.Kernel.Share}.{(bound.IsEnd ? "End" : "Begin")}({Text(bound.Tiles)}){(bound.Rows == 1 ? "" : $" * {Text(bound.Rows)}")};");
                break;
            case FirstAlone alone:
                code.Block($"if ({Lower.Kernel.Share}.IsFirst)", () => Statements(alone.Body));
                break;
            case Meet:
                code.Line($"{Lower.Kernel.Share}.Meet();");
                break;
            case Invoke invoke:
                code.Line($"{invoke.Kernel}({string.Join(", ", invoke.Arguments.Select(Spelling.Name))});");
                break;
            case Return result:
                code.Line($"return {_spelling.Expression(result.Value)};");
                break;
            default:
                throw new System.InvalidOperationException($"{statement.GetType().Name} has no spelling.");
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
