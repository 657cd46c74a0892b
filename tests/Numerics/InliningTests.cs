using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Linq;
using System.Threading;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>What the JIT does not inline is called: it stops where a method has too many locals, or more to inline than its budget.</summary>
public class InliningTests
{
    private const string Prefix = "Inlined";

    /// <summary>Every layer, of a size at which the most stands in one method, and the two that are stepped most with inputs of that size.</summary>
    private static readonly NetworkDeclaration[] Declarations =
    [
        .. NetworkDeclaration.LayerAttributes.Where(attribute => !NetworkDeclaration.ReadsIndex(attribute)).Select(attribute =>
        {
            DrawnLayer layer = DrawnLayer.Of(attribute, 1, 32, turn: 0);
            return new NetworkDeclaration(Prefix + attribute.Name, layer.Input, layer.Text);
        }),
        new(Prefix + "Lstm32To32", 32, "Recurrent.Lstm(32)"),
        new(Prefix + "Gru32To32", 32, "Recurrent.Gru(32)"),
    ];

    private static readonly Lazy<Dictionary<string, CompiledNetwork>> Compiled = new(() => CompiledNetwork.Compile(Declarations));

    public static TheoryData<InstructionSet> All => new(InstructionSets.Supported.ToArray());

    [Theory]
    [MemberData(nameof(All))]
    public void The_jit_inlines_all_that_kernels_call(InstructionSet instructionSet)
    {
        Dictionary<string, CompiledNetwork> compiled = Compiled.Value;
        using JitListener jit = new("On" + instructionSet);

        foreach (CompiledNetwork one in compiled.Values)
        {
            using Network network = one.Class.Create(one.Parameters(), instructionSet);
            network.Run(one.Inputs(1), one.State(), new float[one.Class.OutputSize]);
            if (one.Class.IsStreaming)
            {
                network.Step(one.Inputs(1), one.State(), new float[one.Class.OutputSize]);
            }
        }

        jit.WaitForInlining();
        jit.Refused.ShouldBeEmpty();
    }

    /// <summary>Hears what the JIT says of the calls in kernels for one instruction set.</summary>
    private sealed class JitListener(string kernel) : EventListener
    {
        private const EventKeywords JitTracing = (EventKeywords)0x1000;
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
        private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

        private readonly ConcurrentDictionary<string, int> _refused = [];
        private int _heard;

        /// <summary>The methods that were to be inlined and were not, and how often.</summary>
        public IEnumerable<string> Refused => _refused.Select(call => $"{call.Key}: {call.Value}").Order(StringComparer.Ordinal);

        /// <summary>Waits until something has been heard, and what follows it too.</summary>
        public void WaitForInlining()
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref _heard) > 0, Patience).ShouldBeTrue("the runtime tells what the JIT inlines");
            int before;
            do
            {
                before = Volatile.Read(ref _heard);
                Thread.Sleep(Silence);
            }
            while (Volatile.Read(ref _heard) != before);
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            {
                EnableEvents(eventSource, EventLevel.Verbose, JitTracing);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            string Text(string field) => eventData.PayloadNames!.IndexOf(field) is >= 0 and int index ? eventData.Payload![index] as string ?? "" : "";
            if (eventData.EventName?.StartsWith("MethodJitInlining", StringComparison.Ordinal) != true
                || !Text("MethodBeingCompiledNamespace").StartsWith(Prefix, StringComparison.Ordinal)
                || !Text("MethodBeingCompiledName").StartsWith(kernel, StringComparison.Ordinal))
            {
                return;
            }

            Interlocked.Increment(ref _heard);

            // Parts of a kernel are methods of their own.
            if (!eventData.EventName.StartsWith("MethodJitInliningSucceeded", StringComparison.Ordinal) && !Text("InlineeName").StartsWith(kernel, StringComparison.Ordinal))
            {
                string call = $"{Text("MethodBeingCompiledNamespace")}: {Text("InlineeNamespace")}.{Text("InlineeName")}, {Text("FailReason")}";
                _refused.AddOrUpdate(call, 1, (_, count) => count + 1);
            }
        }
    }
}
