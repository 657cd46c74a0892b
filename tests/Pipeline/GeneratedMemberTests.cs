using System;
using System.Linq;
using System.Reflection;
using Recurrent.Gen.Parse;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

public class GeneratedMemberTests
{
    [Fact]
    public void What_a_network_keeps_to_itself_are_the_members_that_a_collision_is_reported_for()
    {
        Type network = Consumer.Build(GoodSources.All["quick start"]).Assembly.GetType("Policy")!;

        network.GetMembers(BindingFlags.DeclaredOnly | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance)
            .Where(member => member is not ConstructorInfo && !member.Name.StartsWith('<'))
            .Select(member => member.Name)
            .ShouldBe(GeneratedMembers.Private, ignoreOrder: true);
    }

    [Fact]
    public void A_member_that_reads_the_weights_keeps_the_network_alive_to_its_end()
    {
        // A collection in the middle of a network's last call would otherwise free the memory that the call reads.
        string[] members = Consumer.Build(GoodSources.All["quick start"]).Sources["Policy.g.cs"].Split("/// <summary>");
        string[] readers = [.. members.Where(member => member.Contains("_compiled.", StringComparison.Ordinal) && !member.Contains("_compiled.Dispose", StringComparison.Ordinal))];

        readers.Length.ShouldBe(11); // DegreeOfParallelism, SetParameters, CopyParametersTo, Save, Step, StepMany, Run, StartState, Forward, Backward, BackwardStart
        readers.ShouldAllBe(member => member.Contains("GC.KeepAlive(this);"));
    }
}
