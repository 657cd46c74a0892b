using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Recurrent.Gen;
using Recurrent.Gen.Diagnostics;
using Recurrent.Tests.Conventions;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Diagnostics;

public class CodeFixTests
{
    private const string Promise = "A code fix does this";

    public static TheoryData<string> Names => [.. CodeFixCases.All.Select(row => row.Name)];

    public static TheoryData<string> Refused => [.. CodeFixCases.WithoutFix.Select(row => row.Name)];

    /// <summary>The diagnostics that have a fix.</summary>
    public static TheoryData<string> Ids => [.. FixedIds];

    private static string[] FixedIds => [.. FixedProject.Fixes.SelectMany(fix => fix.FixableDiagnosticIds).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fix_mends_a_mistake_and_leaves_the_rest_as_it_was(string name)
    {
        CodeFixCase row = CodeFixCases.All.Single(row => row.Name == name);
        using FixedProject project = new(CodeFixCases.Usings + row.Source);

        IReadOnlyList<string> titles = FixOneByOne(project, row.Id);

        titles[0].ShouldBe(row.Title ?? titles[0]);
        project.Text.ShouldBe(CodeFixCases.Usings + row.Fixed);
        Consumer.Build(project.Text).CompilerDiagnostics(DiagnosticSeverity.Error).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fixing_all_gives_what_fixing_one_after_the_other_gives(string name)
    {
        CodeFixCase row = CodeFixCases.All.Single(row => row.Name == name);
        using FixedProject project = new(CodeFixCases.Usings + row.Source);

        project.Apply(project.OfferForAll(row.Id).ShouldNotBeNull());

        project.Text.ShouldBe(CodeFixCases.Usings + row.Fixed);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_takes_a_choice_is_not_fixed(string name)
    {
        DiagnosticCase row = CodeFixCases.WithoutFix.Single(row => row.Name == name);
        using FixedProject project = new(CodeFixCases.Usings + row.Source.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal));

        Diagnostic diagnostic = project.Diagnostics().First(diagnostic => diagnostic.Id == row.Id);

        project.Offers(diagnostic).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_fix_mends_the_example_of_its_page(string id)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md")).ReplaceLineEndings("\n");
        using FixedProject project = new(CodeFixCases.Usings + page.Split("```csharp\n")[1].Split("```")[0], allowUnsafe: id != Descriptors.UnsafeNotAllowed.Id);

        FixOneByOne(project, id).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_project_is_told_to_allow_unsafe_code()
    {
        using FixedProject project = new("using Recurrent; [Network(Input = 1), Gru(2)] partial class Policy;", allowUnsafe: false);

        project.Apply(project.Offers(project.Diagnostics().ShouldHaveSingleItem()).ShouldHaveSingleItem());

        ((CSharpCompilationOptions)project.Project.CompilationOptions!).AllowUnsafe.ShouldBeTrue();
        project.Diagnostics().ShouldBeEmpty();
    }

    [Fact]
    public void Every_fix_is_exported_and_no_two_are_for_one_diagnostic()
    {
        foreach (CodeFixProvider fix in FixedProject.Fixes)
        {
            fix.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>().ShouldNotBeNull().Languages.ShouldBe([LanguageNames.CSharp]);
        }

        FixedIds.ShouldBeUnique();
    }

    [Fact]
    public void The_pages_that_promise_a_fix_are_those_of_the_diagnostics_that_have_one() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "docs", "diagnostics"), "RGEN*.md")
            .Where(page => File.ReadLines(page).Any(line => line.StartsWith(Promise, StringComparison.Ordinal)))
            .Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal)
            .ShouldBe(FixedIds);

    [Fact]
    public void Every_diagnostic_with_a_fix_of_text_has_a_case() =>
        CodeFixCases.All.Select(row => row.Id).Append(Descriptors.UnsafeNotAllowed.Id).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(FixedIds);

    /// <summary>A compiler has no workspaces, and could not load what refers to them.</summary>
    [Fact]
    public void The_generator_and_its_analyzer_know_no_workspaces() =>
        typeof(RecurrentGenerator).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!)
            .Where(assembly => assembly.Contains("Workspaces", StringComparison.Ordinal))
            .ShouldBeEmpty();

    /// <summary>Fixes all diagnostics of an id, each on its own.</summary>
    /// <returns>The titles of what was offered.</returns>
    private static List<string> FixOneByOne(FixedProject project, string id)
    {
        List<string> titles = [];
        while (project.Diagnostics().FirstOrDefault(diagnostic => diagnostic.Id == id) is { } diagnostic)
        {
            titles.Count.ShouldBeLessThan(10, "a fix takes away what it is offered for");
            CodeAction offer = project.Offers(diagnostic).ShouldHaveSingleItem();
            project.Apply(offer);
            titles.Add(offer.Title);
        }

        return titles;
    }
}
