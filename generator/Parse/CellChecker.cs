using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Diagnostics;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>Tells what is wrong with a cell's equations as a whole: their shapes, what nothing uses, and where a sequence starts.</summary>
public sealed class CellChecker
{
    private readonly StepSignature _signature;
    private readonly CellEquations _cell;
    private readonly IReadOnlyList<SyntaxNode> _sources;
    private readonly Problems _problems;
    private readonly HashSet<object> _told = [];

    public CellChecker(StepSignature signature, CellEquations cell, IReadOnlyList<SyntaxNode> sources, Problems problems)
    {
        _signature = signature;
        _cell = cell;
        _sources = sources;
        _problems = problems;
    }

    public void Check()
    {
        // Without sizes, so that every name stays a size of its own: with the settings as they are by default, and with all of them on.
        CheckBinding(Settings(
            setting => setting.Default ?? (setting.Kind == SettingKind.Number ? 1 : 0), setting => setting.Default is not null || setting.Kind != SettingKind.Whole));
        CheckBinding(Settings(On, setting => setting.Kind != SettingKind.Choice || setting.Default is null));
        if (_told.Count == 0)
        {
            CheckUse();
            CheckStart();
        }
    }

    private static double On(CellSetting setting) => setting.Kind switch
    {
        SettingKind.Flag => 1,
        SettingKind.Choice => 0,
        _ => setting.Default is double standard and not 0 ? standard : setting.Kind == SettingKind.Whole ? 3 : 1,
    };

    private Dictionary<string, double> Settings(Func<CellSetting, double> value, Func<CellSetting, bool> isGiven) =>
        _cell.Settings.Where(isGiven).ToDictionary(setting => setting.Name, value, StringComparer.Ordinal);

    private void CheckBinding(Dictionary<string, double> settings)
    {
        BoundCell bound = CellBinding.Bind(_cell, new Dictionary<string, int>(), settings);
        foreach (ShapeMismatch mismatch in bound.Mismatches.Where(mismatch => _told.Add((mismatch.At, mismatch.Leaf, mismatch.Axis))))
        {
            Report(mismatch);
        }

        foreach (BindingFault fault in bound.Faults.Where(fault => _told.Add(fault.At < 0 ? fault.What : _sources[fault.At])))
        {
            Report(fault);
        }

        foreach (IGrouping<int, OpenDimension> open in bound.Open.GroupBy(dimension => dimension.Parameter).Where(open => _told.Add(open.Key)))
        {
            IParameterSymbol parameter = _signature.Parameters[open.Key];
            _problems.Report(
                Descriptors.OpenDimension,
                parameter.Locations.FirstOrDefault(),
                string.Join(" and ", open.Select(dimension => Size(dimension.Axis, parameter.Name))));
        }
    }

    private void Report(ShapeMismatch mismatch)
    {
        IParameterSymbol? leaf = Declared(mismatch.Leaf);
        SyntaxNode? use = mismatch.At < 0 ? null : _sources[mismatch.At];
        string name = leaf?.Name ?? use?.Quote() ?? _cell.Name;
        _problems.Report(
            Descriptors.ShapeMismatch,
            use?.GetLocation() ?? leaf?.Locations.FirstOrDefault() ?? _signature.Method.Locations.FirstOrDefault(),
            Size(mismatch.Axis, name),
            mismatch.Has.ToString(),
            mismatch.By < 0 ? "its declaration" : $"'{_sources[mismatch.By].Quote()}'",
            use is null ? "its declaration" : mismatch.IsResult ? $"the result '{use.Quote()}'" : $"'{use.Quote()}'",
            mismatch.Wanted.ToString());
    }

    private void Report(BindingFault fault)
    {
        if (fault.At >= 0)
        {
            _problems.Report(Descriptors.ImpossibleSize, _sources[fault.At].GetLocation(), _sources[fault.At].Quote(), fault.What);
        }
        else if (fault.Leaf is { } leaf && Declared(leaf) is { } declared)
        {
            Location? place = RuntimeTypes.Attribute(declared, "ShapeAttribute")?.Place(declared) ?? declared.Locations.FirstOrDefault();
            _problems.Report(Descriptors.InvalidShape, place, declared.Name, fault.What);
        }
        else
        {
            _problems.Report(Descriptors.InvalidTensor, _signature.Method.Locations.FirstOrDefault(), _cell.Name, fault.What);
        }
    }

    /// <summary>The parameter of <c>Step</c> that a leaf is; of a learned initial value, its state.</summary>
    private IParameterSymbol? Declared(Op leaf)
    {
        if (leaf.Kind == OpKind.Parameter && leaf.A >= _signature.Parameters.Count)
        {
            int state = _cell.States.TakeWhile(candidate => candidate.Initial != leaf.A).Count();
            return state < _signature.States.Count ? _signature.States[state] : null;
        }

        return leaf.Kind switch
        {
            OpKind.State => _signature.States[leaf.A],
            OpKind.Parameter => _signature.Parameters[leaf.A],
            OpKind.Input => _signature.Input,
            _ => null,
        };
    }

    private void CheckUse()
    {
        HashSet<Op> leaves = [.. _cell.Body.Ops.Where(op => op.IsLeaf)];
        HashSet<string> dimensions = new(
            _cell.States.SelectMany(state => state.Dimensions)
                .Concat(_cell.Parameters.SelectMany(parameter => parameter.Dimensions))
                .Concat(_cell.Parameters.Select(parameter => parameter.Start.Fan))
                .SelectMany(dimension => DimensionExpression.Parse(dimension).Names),
            StringComparer.OrdinalIgnoreCase);
        CheckUse(_signature.Parameters, "parameter", number => leaves.Contains(new Op(OpKind.Parameter, number, Shape.Scalar)));
        CheckUse(_signature.Settings, "setting", number => leaves.Contains(new Op(OpKind.Setting, number, Shape.Scalar)) || dimensions.Contains(_signature.Settings[number].Name));
    }

    private void CheckUse(IReadOnlyList<IParameterSymbol> declared, string kind, Func<int, bool> isUsed)
    {
        for (int i = 0; i < declared.Count; i++)
        {
            if (!isUsed(i))
            {
                // Without states, what the parameter hides could become one.
                bool isRemovable = i > 0 || _signature.States.Count > 0 || declared == _signature.Settings;
                _problems.Warn(Descriptors.Unused, declared[i].Locations.FirstOrDefault(), isRemovable ? new Repair(declared[i].Name) : null, kind, declared[i].Name);
            }
        }
    }

    private void CheckStart()
    {
        List<int> learned = Enumerable.Range(0, _cell.States.Count).Where(state => _cell.States[state].Initial >= 0).ToList();
        HashSet<SyntaxNode> told = [];
        foreach (ZeroStartFault fault in ZeroStart.Find(_cell.Body.Ops, learned))
        {
            if (told.Add(_sources[fault.At]))
            {
                _problems.Warn(Descriptors.ZeroStart, _sources[fault.At].GetLocation(), _sources[fault.At].Quote(), fault.What);
            }
        }
    }

    private static string Size(Axis axis, string name) => axis switch
    {
        Axis.Rows => $"the number of rows of '{name}'",
        Axis.Columns => $"the number of columns of '{name}'",
        _ => $"the length of '{name}'",
    };
}
