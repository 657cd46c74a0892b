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
    private static readonly NetworkDeclaration[] Declarations =
    [
        new("InlinedLstm", 1, "Recurrent.Lstm(32)"),
        new("InlinedGru", 32, "Recurrent.Gru(32)"),
    ];

    private static readonly Lazy<Dictionary<string, CompiledNetwork>> Compiled = new(() => CompiledNetwork.Compile(Declarations));

    public static TheoryData<string, InstructionSet> All
    {
        get
        {
            TheoryData<string, InstructionSet> all = [];
            foreach (NetworkDeclaration declaration in Declarations)
            {
                foreach (InstructionSet instructionSet in InstructionSets.Supported)
                {
                    all.Add(declaration.Name, instructionSet);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_jit_inlines_all_that_a_kernel_calls(string name, InstructionSet instructionSet)
    {
        CompiledNetwork compiled = Compiled.Value[name];
        float[] inputs = compiled.Inputs(1);
        float[] outputs = new float[compiled.Class.OutputSize];
        using JitListener jit = new(name, "On" + instructionSet);

        using Network network = compiled.Class.Create(compiled.Parameters(), instructionSet);
        network.Step(inputs, compiled.State(), outputs);

        jit.WaitForInlining();
        jit.Refused.ShouldBeEmpty();
    }

    /// <summary>Hears what the JIT says of the calls in one network's kernels.</summary>
    private sealed class JitListener(string network, string kernel) : EventListener
    {
        private const EventKeywords JitTracing = (EventKeywords)0x1000;
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

        private readonly ConcurrentDictionary<string, int> _refused = [];
        private readonly ManualResetEventSlim _hasInlined = new();

        /// <summary>The methods that were to be inlined and were not, and how often.</summary>
        public IEnumerable<string> Refused => _refused.Select(call => $"{call.Key}: {call.Value}").Order(StringComparer.Ordinal);

        /// <summary>Waits until something has been heard, and what follows it too.</summary>
        public void WaitForInlining()
        {
            _hasInlined.Wait(Patience).ShouldBeTrue("the runtime tells what the JIT inlines");
            int before;
            do
            {
                before = _refused.Values.Sum();
                Thread.Sleep(200);
            }
            while (_refused.Values.Sum() != before);
        }

        public override void Dispose()
        {
            base.Dispose();
            _hasInlined.Dispose();
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
            if (!Text("MethodBeingCompiledNamespace").StartsWith(network, StringComparison.Ordinal) || !Text("MethodBeingCompiledName").StartsWith(kernel, StringComparison.Ordinal))
            {
                return;
            }

            switch (eventData.EventName)
            {
                case "MethodJitInliningSucceeded":
                    _hasInlined.Set();
                    break;
                case "MethodJitInliningFailedAnsi" or "MethodJitInliningFailed" when !Text("InlineeName").StartsWith(kernel, StringComparison.Ordinal):
                    _refused.AddOrUpdate($"{Text("InlineeNamespace")}.{Text("InlineeName")}, {Text("FailReason")}", 1, (_, count) => count + 1);
                    break;
            }
        }
    }
}
