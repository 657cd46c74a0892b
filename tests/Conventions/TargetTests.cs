using System;
using System.Linq;
using Recurrent.Gen.Schedule;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Conventions;

/// <summary>An instruction set is a row of a table and a member of the runtime's enumeration.</summary>
public class TargetTests
{
    public static TheoryData<string> Names => new(Targets.All.Select(target => target.Name));

    [Fact]
    public void The_rows_are_the_instruction_sets_of_the_runtime_in_their_order() =>
        Targets.All.Select(target => target.Name).ShouldBe(Enum.GetNames<InstructionSet>());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_spells_every_primitive(string name)
    {
        Target target = Targets.All.Single(row => row.Name == name);
        Primitive[] needed = Enum.GetValues<Primitive>()
            .Where(primitive => target.Lanes > 1
                || primitive is not (Primitive.LoadPartial or Primitive.StorePartial or Primitive.FirstLanes or Primitive.LoadFour or Primitive.SplatOfFour))
            .ToArray();

        needed.Except(target.Spelling.Keys).ShouldBeEmpty();
        target.Spelling.Where(row => row.Key != Primitive.StartSecond).ShouldAllBe(row => row.Value.Contains('{'));
    }
}
