using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Recurrent.Gen.Diagnostics;

/// <summary>What mends a mistake where that takes no choice. It travels with the diagnostic to its code fix.</summary>
/// <param name="Text">The piece of source to write, or to remove.</param>
/// <param name="Place">Where, if that is not the place of the diagnostic.</param>
public sealed record Repair(string Text, Location? Place = null)
{
    private const string Key = "repair";

    /// <summary>The repair of a diagnostic, or null where it has none.</summary>
    public static Repair? Of(Diagnostic diagnostic) => diagnostic.Properties.TryGetValue(Key, out string? text) && text is not null
        ? new Repair(text, diagnostic.AdditionalLocations.Count > 0 ? diagnostic.AdditionalLocations[0] : null)
        : null;

    /// <summary>A diagnostic that has this repair.</summary>
    public Diagnostic Diagnose(DiagnosticDescriptor descriptor, Location location, object[] arguments) => Diagnostic.Create(
        descriptor,
        location,
        Place is null ? [] : [Place],
        ImmutableDictionary<string, string?>.Empty.Add(Key, Text),
        arguments);
}
