using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the kernels of a layer: one file for each pass, one method for each instruction set.</summary>
public static class LayerEmitter
{
    public static IEnumerable<SourceFile> Emit(NetworkPlan network, LayerPlan layer)
    {
        LayerNames names = new(layer);
        foreach (PassPlan pass in layer.Passes)
        {
            yield return SourceFile.OfCompiled(network.Spec.Class, $"{layer.Spec.Id}.{pass.Pass}", SourceFile.KernelUsings, code =>
            {
                Documentation(code, layer, pass);
                code.Block($"private static class {names.ClassOf(pass.Pass)}", () =>
                {
                    bool isFirst = true;
                    foreach (Target target in layer.TargetsOf(pass.Pass))
                    {
                        foreach (Kernel kernel in MethodParts.Of(PassLowering.Lower(pass, target).Kernel))
                        {
                            if (!isFirst)
                            {
                                code.Line();
                            }

                            isFirst = false;
                            new KernelEmitter(code, target).Kernel(kernel, "internal");
                        }
                    }
                });

                if (pass.Pass == Pass.Backward && pass.Gradients.Count > 0)
                {
                    code.Line();
                    Gradients(code, layer, names, pass);
                }
            });
        }

        foreach (Pass pass in layer.Packed)
        {
            string part = $"{layer.Spec.Id}.{names.PanelsOf(pass).Substring(names.Class.Length)}";
            yield return SourceFile.OfCompiled(network.Spec.Class, part, ["System"], code => new PanelEmitter(code, network, layer, pass).Emit());
        }
    }

    private static void Documentation(CodeWriter code, LayerPlan layer, PassPlan pass)
    {
        string sizes = $"{Text(layer.Spec.InputSize)} to {Text(layer.Spec.OutputSize)}";
        string what = pass.Pass switch
        {
            Pass.Step => "one time step",
            Pass.Many => "a time step of many streams",
            Pass.RecordMany => "a time step of the record pass, of many sequences",
            Pass.BackwardMany => "a time step of the backward pass, of many sequences",
            Pass.Load => "what is computed once, when parameters are set",
            Pass.Input => "what reads the input alone",
            Pass.RecordInput => "what reads the input alone, for training",
            Pass.LoadBackward => "gradients of what is computed once",
            _ => $"the {pass.Pass.ToString().ToLowerInvariant()} pass",
        };
        code.Line($"/// <summary>{layer.Spec.Id}, {layer.Spec.Kind} {sizes}: {what}.</summary>");
        code.Line("/// <remarks>");
        code.Line("/// <code>");
        IEnumerable<string> load = pass.Pass is Pass.Forward or Pass.Step or Pass.Many or Pass.Record or Pass.RecordMany && layer.Find(Pass.Load) is PassPlan derived
            ? EquationText.Of(layer.Spec.Cell, derived.Graph).Select(line => line + " (at load)")
            : [];
        foreach (string line in load.Concat(EquationText.Of(layer.Spec.Cell, pass.Graph)))
        {
            code.Line($"/// {SecurityElement.Escape(line)}");
        }

        code.Line("/// </code>");
        code.Line("/// </remarks>");
    }

    private static void Gradients(CodeWriter code, LayerPlan layer, LayerNames names, PassPlan pass)
    {
        code.Line($"/// <summary>{layer.Spec.Id}: gradients of the parameters, from what the backward pass has kept.</summary>");
        code.Block($"private static class {names.Class}Gradients", () =>
        {
            bool isFirst = true;
            foreach (Target target in layer.TargetsOfGradients(pass.Pass))
            {
                if (!isFirst)
                {
                    code.Line();
                }

                isFirst = false;
                new KernelEmitter(code, target).Kernel(GradientLowering.Lower(pass, target), "internal");
            }
        });
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
