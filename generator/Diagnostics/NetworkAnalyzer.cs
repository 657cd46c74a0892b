using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Recurrent.Gen.Parse;

namespace Recurrent.Gen.Diagnostics;

/// <summary>
/// Tells what is wrong with networks and cells. It runs the parser that the generator runs, and unlike a generator's, its diagnostics heed <c>#pragma</c>.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.NotPartial,
        Descriptors.NotAClass,
        Descriptors.AbstractOrStatic,
        Descriptors.Generic,
        Descriptors.FileLocal,
        Descriptors.NoLayers,
        Descriptors.ScatteredLayers,
        Descriptors.SizeNotPositive,
        Descriptors.TooLarge,
        Descriptors.LookupNotFirst,
        Descriptors.InputMismatch,
        Descriptors.DuplicateName,
        Descriptors.InvalidName,
        Descriptors.NoGraph,
        Descriptors.Unsettled,
        Descriptors.InvalidSetting,
        Descriptors.MemberCollision,
        Descriptors.UnsafeNotAllowed,
        Descriptors.LayersWithoutNetwork,
        Descriptors.LevelsOutOfRange,
        Descriptors.ResidualMisfit,
        Descriptors.ReverseAndBidirectional,
        Descriptors.NoState,
        Descriptors.NoProbability,
        Descriptors.NoPrecision,
        Descriptors.NoRecurrentProduct,
        Descriptors.UnsupportedEquation,
        Descriptors.NoStep,
        Descriptors.InvalidTensor,
        Descriptors.Recursion,
        Descriptors.NoSource,
        Descriptors.DataCondition,
        Descriptors.ControlFlow,
        Descriptors.Mutation,
        Descriptors.WholeDivision,
        Descriptors.ZeroStart,
        Descriptors.Unused,
        Descriptors.StateNotReturned,
        Descriptors.MathCall,
        Descriptors.ShapeMismatch,
        Descriptors.OpenDimension,
        Descriptors.InvalidShape,
        Descriptors.DoesNotFit,
        Descriptors.ImpossibleSize,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        DiagnosticProblems problems = new(context.ReportDiagnostic);
        if (RuntimeTypes.Attribute(type, "CellAttribute") is not null)
        {
            CellParser.Parse(type, context.Compilation, problems, context.CancellationToken);
        }

        if (RuntimeTypes.Attribute(type, "NetworkAttribute") is not null)
        {
            NetworkParser.Parse(type, context.Compilation, problems, context.CancellationToken);
        }
        else if (NetworkParser.LayersOf(type).FirstOrDefault() is { } layer)
        {
            problems.Report(Descriptors.LayersWithoutNetwork, layer.Place(type), type.Name);
        }
    }
}
