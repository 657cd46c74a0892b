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
}
