using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>The element-wise part of a nest, for one block of elements: rows of vectors, columns of a row of matrices, or a number in all lanes.</summary>
public sealed class BlockLowering
{
    private readonly PassPlan _plan;
    private readonly Nest _nest;
    private readonly IReadOnlyList<StorePlan> _stores;
    private readonly ParameterLayout _layout;
    private readonly IndexTerm[] _row;
    private readonly int _block;
    private readonly int _time;
    private readonly string _suffix;
    private readonly Dictionary<int, string> _locals = [];
    private readonly Dictionary<int, Address> _kept = [];
    private readonly Dictionary<int, int> _reads = [];
    private readonly Dictionary<int, int> _functions = [];
    private readonly List<Statement> _body = [];
    private KeptVectors? _memory;

    public BlockLowering(
        PassPlan plan, Nest nest, IReadOnlyList<StorePlan> stores, ParameterLayout layout, IndexTerm[] row, int firstRow, int block, int partialRows, int time = 0)
    {
        _time = time;
        _plan = plan;
        _nest = nest;
        _stores = stores;
        _layout = layout;
        _row = row;
        FirstRow = firstRow;
        PartialRows = partialRows;
        _block = block;
        _suffix = "_" + block.ToString(CultureInfo.InvariantCulture);
        foreach (Sum sum in nest.Sums)
        {
            _locals[sum.Value] = SumName(sum, 0);
        }

        foreach (int value in nest.Values.Concat(nest.MatrixSums).SelectMany(Operands).Concat(stores.Select(s => s.Value)))
        {
            _reads[value] = _reads.TryGetValue(value, out int count) ? count + 1 : 1;
        }

        foreach (int value in nest.Values)
        {
            _functions[value] = (Activations.NameOf(Graph.Ops[value].Kind) is null ? 0 : 1)
                + Operands(value).Select(operand => _functions.TryGetValue(operand, out int functions) ? functions : 0).DefaultIfEmpty().Max();
        }
    }

    public int FirstRow { get; }

    /// <summary>Rows of the block if it is not full, else 0.</summary>
    public int PartialRows { get; }

    /// <summary>Of the partial sums of a matrix's row, the one that this block adds to.</summary>
    public int RowSumPartial { get; init; }

    /// <summary>Whether the sums of a matrix's columns are kept in registers, and not in memory.</summary>
    public bool HasColumnSums { get; init; }

    /// <summary>Whether partial sums of rows lie in memory, at the last index of the block.</summary>
    public bool HasRowSumsInMemory { get; init; }

    /// <summary>Statements of <see cref="Lower"/> in front of the first that computes a function of what another function comes to: it is the longest wait.</summary>
    public int FirstFunctions { get; private set; } = int.MaxValue;

    /// <summary>Where the tile's packed vectors lie.</summary>
    public Dictionary<int, Address> AddressOf { get; } = [];

    private OpGraph Graph => _plan.Graph;

    public string SumName(Sum sum, int partial) =>
        _plan.Names[sum.Value] + _suffix + (partial == 0 ? "" : "_" + partial.ToString(CultureInfo.InvariantCulture));

    /// <summary>The local of a packed vector that the element-wise part reads.</summary>
    public string VectorName(int vector) => _plan.Names[vector] + _suffix;

    /// <summary>Says that a packed vector is in its local when the element-wise part begins.</summary>
    public void KeepVector(int vector) => _locals[vector] = VectorName(vector);

    /// <summary>Has a sum, and all that is computed in the element-wise part, lie in memory.</summary>
    public Keep Keep(Sum sum, KeptVectors memory)
    {
        _memory = memory;
        _locals.Remove(sum.Value);
        return Keep(sum.Value, new Local(SumName(sum, 0)));
    }

    public IEnumerable<Statement> Lower()
    {
        foreach (int value in _nest.Values)
        {
            if (!IsInlined(value) && !IsContracted(value))
            {
                Expression expression = Compute(value);
                FirstFunctions = _functions[value] > 1 ? Math.Min(FirstFunctions, _body.Count) : FirstFunctions;
                Name(value, expression);
            }
        }

        // Every value is in a register before the first store, which may overwrite what it was read from.
        foreach (StorePlan store in _stores.Where(s => s.Value >= 0 && !_locals.ContainsKey(s.Value) && !_kept.ContainsKey(s.Value) && Graph.Ops[s.Value].Shape.Rank > 0))
        {
            Name(store.Value, IsComputed(store.Value) ? Compute(store.Value) : Read(store.Value));
        }

        foreach (int sum in _nest.MatrixSums)
        {
            Accumulate(sum);
        }

        foreach (StorePlan store in _stores)
        {
            Expression value = store.Value < 0 ? new Number(0f) : Operand(store.Value);
            _body.Add(new Store(At(store.Place), value, PartialRows));
        }

        return _body;
    }

    /// <summary>The local of a value that is one number: it stands in front of the loops that read it.</summary>
    public static string NumberName(PassPlan plan, int value) => plan.Names[value] + "_0";

    /// <summary>The sum of a block of a matrix's columns, where it is kept in a register.</summary>
    public static string ColumnSumName(PassPlan plan, int sum, int block) => plan.Names[sum] + "_" + block.ToString(CultureInfo.InvariantCulture);

    /// <summary>A partial sum of a matrix's row.</summary>
    public static string RowSumName(PassPlan plan, int sum, int partial) => plan.Names[sum] + "_" + partial.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<int> Operands(int value) => _plan.Facts.Operands(value);

    /// <summary>Floats from a pointer to what the block reads there, in the time step that it is for.</summary>
    public int Start(Place place) => place.Offset + (_time * _plan.StrideOf(place.Pointer));

    private Address At(Place place) => Address.At(
        place.Pointer, Start(place) + FirstRow, _nest.Shape.Rank == 2 ? [new IndexTerm(MatrixLowering.Row, MatrixLowering.Stride(_nest)), .. _row] : _row);

    private void Name(int value, Expression expression)
    {
        if (_memory is not null && _nest.Values.Contains(value))
        {
            _body.Add(Keep(value, expression));
            return;
        }

        string name = _plan.Names[value] + _suffix;
        _locals[value] = name;
        _body.Add(new Declare(name, expression));
    }

    private Keep Keep(int value, Expression expression)
    {
        Keep keep = _memory!.Keep(_plan.Names[value] + _suffix, expression);
        _kept[value] = keep.Address;
        return keep;
    }

    /// <summary>A value that the equations do not name, and that one value reads, stands where it is read.</summary>
    private bool IsInlined(int value) => Graph.Names[value].Length == 0 && _reads.TryGetValue(value, out int reads) && reads == 1
        && !_stores.Any(s => s.Value == value);

    /// <summary>
    /// A product that only one sum reads becomes part of a fused multiply-add. It depends on the graph alone, so it is the same in every pass and on
    /// every instruction set.
    /// </summary>
    private bool IsContracted(int value)
    {
        if (_nest.MatrixSums.Exists(sum => IsSumOfProducts(sum) && Graph.Ops[sum].A == value))
        {
            return true;
        }

        if (!IsLoneProduct(value))
        {
            return false;
        }

        int reader = _nest.Values.Find(v => Operands(v).Contains(value));
        Op op = Graph.Ops[reader];
        return op.Kind switch
        {
            OpKind.Add => op.A == value || !IsLoneProduct(op.A),
            OpKind.Subtract => op.B == value,
            _ => false,
        };
    }

    private bool IsLoneProduct(int value) =>
        Graph.Ops[value].Kind == OpKind.Multiply && _plan.Facts.Uses(value) == 1 && _nest.Values.Contains(value)
        && _nest.Values.Exists(v => Operands(v).Contains(value));

    /// <summary>Whether a matrix whose rows or columns are added is a product that nothing else reads.</summary>
    private bool IsSumOfProducts(int sum) =>
        Graph.Ops[Graph.Ops[sum].A].Kind == OpKind.Multiply && _plan.Facts.Uses(Graph.Ops[sum].A) == 1 && _nest.Values.Contains(Graph.Ops[sum].A);

    /// <summary>Adds this block to the sums of a matrix's rows or columns.</summary>
    private void Accumulate(int sum)
    {
        Op op = Graph.Ops[sum];
        Expression[] terms = IsSumOfProducts(sum) ? [Operand(Graph.Ops[op.A].A), Operand(Graph.Ops[op.A].B)] : [Operand(op.A)];
        if (PartialRows > 0)
        {
            // What a partial block computed behind its last element is not 0.
            terms = [.. terms.Select(term => new FirstLanes(term, PartialRows))];
        }

        if (op.Kind == OpKind.RowSums)
        {
            if (HasRowSumsInMemory)
            {
                Place partials = _plan.RowSumPartials[sum];
                Address partial = Address.At(partials.Pointer, partials.Offset, _row[_row.Length - 1]);
                _body.Add(new Store(partial, Added(new Load(partial))));
                return;
            }

            Local before = new(RowSumName(_plan, sum, RowSumPartial));
            _body.Add(new Assign(before.Name, Added(before)));
            return;
        }

        if (HasColumnSums)
        {
            Local above = new(ColumnSumName(_plan, sum, _block));
            _body.Add(new Assign(above.Name, Added(above)));
            return;
        }

        Place place = _plan.Places[sum];
        Address address = Address.At(place.Pointer, place.Offset + FirstRow, _row);
        _body.Add(new Store(address, Added(new Load(address, PartialRows)), PartialRows));

        Apply Added(Expression before) => terms.Length == 2
            ? new Apply(Primitive.MultiplyAdd, terms[0], terms[1], before)
            : new Apply(Primitive.Add, before, terms[0]);
    }

    /// <summary>Declares a value that is one number, unless it becomes part of a fused multiply-add.</summary>
    public IEnumerable<Statement> Number(int value) => IsContracted(value) ? [] : [new Declare(NumberName(_plan, value), Compute(value))];

    public Expression Operand(int value)
    {
        if (Graph.Ops[value].Shape.Rank == 0 && Graph.Ops[value].Kind != OpKind.Constant)
        {
            return new Local(NumberName(_plan, value));
        }

        if (_locals.TryGetValue(value, out string local))
        {
            return new Local(local);
        }

        if (_kept.TryGetValue(value, out Address kept))
        {
            return new Load(kept);
        }

        Op op = Graph.Ops[value];
        if (op.Kind == OpKind.Constant)
        {
            return new Number((float)op.Constant);
        }

        if (_nest.Values.Contains(value))
        {
            return Compute(value);
        }

        Expression read = IsComputed(value) ? Compute(value) : Read(value);
        if (_reads[value] > 1)
        {
            Name(value, read);
            return Operand(value);
        }

        return read;
    }

    /// <summary>Whether a value is not read from a place of its own.</summary>
    private bool IsComputed(int value) => _nest.Values.Contains(value) || _plan.Facts.IsRepeated(value);

    public Expression Read(int value) => new Load(At(_plan.Places[value]), PartialRows);

    private Expression Compute(int value)
    {
        Op op = Graph.Ops[value];
        switch (op.Kind)
        {
            case OpKind.Add when IsLoneProduct(op.A):
                return Fuse(Primitive.MultiplyAdd, op.A, op.B);
            case OpKind.Add when IsLoneProduct(op.B):
                return Fuse(Primitive.MultiplyAdd, op.B, op.A);
            case OpKind.Subtract when IsLoneProduct(op.B):
                return Fuse(Primitive.NegateMultiplyAdd, op.B, op.A);
            case OpKind.Add:
                return new Apply(Primitive.Add, Operand(op.A), Operand(op.B));
            case OpKind.Subtract:
                return new Apply(Primitive.Subtract, Operand(op.A), Operand(op.B));
            case OpKind.Multiply:
                return new Apply(Primitive.Multiply, Operand(op.A), Operand(op.B));
            case OpKind.Divide:
                return new Apply(Primitive.Divide, Operand(op.A), Operand(op.B));
            case OpKind.Less:
                Expression left = Operand(op.A);
                Expression right = Operand(op.B);

                // Nothing is less than itself, and compilers warn of the question.
                return left == right ? new Number(0f) : new Apply(Primitive.SelectLess, left, right, new Number(1f), new Number(0f));
            case OpKind.Negate:
                return new Apply(Primitive.Subtract, new Number(-0f), Operand(op.A));
            case OpKind.Detach or OpKind.Spread:
                return Operand(op.A);
            case OpKind.SpreadRows:
                Place element = _plan.Places[op.A];
                return new Splat(Address.At(element.Pointer, element.Offset, new IndexTerm(MatrixLowering.Row)));
            case OpKind.SpreadColumns:
                Place vector = _plan.Places[op.A];
                return new Load(Address.At(vector.Pointer, vector.Offset + FirstRow, _row), PartialRows);
            case OpKind.Row:
                Place table = _layout[Graph.Ops[op.A].A];
                IndexTerm index = new(NestLowering.RowIndex(value), op.Shape.Length.ToString(CultureInfo.InvariantCulture));
                return new Load(Address.At(table.Pointer, table.Offset + FirstRow, [index, .. _row]), PartialRows);
            default:
                string function = Activations.NameOf(op.Kind) ?? throw new InvalidOperationException($"{op.Kind} is not element-wise.");
                return op.HasB ? new Call(function, Operand(op.A), Operand(op.B)) : new Call(function, Operand(op.A));
        }
    }

    private Apply Fuse(Primitive primitive, int product, int other) =>
        new(primitive, Operand(Graph.Ops[product].A), Operand(Graph.Ops[product].B), Operand(other));
}
