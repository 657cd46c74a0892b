using System;
using System.Linq;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Memory;

public class InstructionSetTests
{
    [Fact]
    public void Every_machine_runs_scalar_kernels() => InstructionSets.IsSupported(InstructionSet.Scalar).ShouldBeTrue();

    [Fact]
    public void What_is_supported_is_what_the_runtime_says()
    {
        InstructionSets.IsSupported(InstructionSet.Vector128).ShouldBe(Vector128.IsHardwareAccelerated);
        InstructionSets.IsSupported(InstructionSet.Avx2).ShouldBe(Avx2.IsSupported && Fma.IsSupported);
        InstructionSets.IsSupported(InstructionSet.Avx512).ShouldBe(Avx512F.IsSupported);
    }

    [Fact]
    public void The_supported_sets_go_from_scalar_to_the_best()
    {
        InstructionSet[] supported = InstructionSets.Supported.ToArray();

        supported.ShouldBe(Enum.GetValues<InstructionSet>().Where(InstructionSets.IsSupported).Order());
        supported[0].ShouldBe(InstructionSet.Scalar);
        supported[^1].ShouldBe(InstructionSets.Best);
    }

    [Fact]
    public void A_set_that_the_machine_lacks_is_refused_by_name()
    {
        const InstructionSet None = (InstructionSet)77;

        InstructionSets.IsSupported(None).ShouldBeFalse();
        Should.Throw<PlatformNotSupportedException>(() => Boundary.InstructionSet(None)).Message
            .ShouldBe($"The instruction set 77 was asked for; this machine has {string.Join(", ", InstructionSets.Supported.ToArray())}.");
        Boundary.InstructionSet(InstructionSets.Best);
    }
}
