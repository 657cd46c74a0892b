using System;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Memory;

public class BoundaryTests
{
    [Theory]
    [InlineData(7, 22, "inputs has 7 floats; 22 are wanted.")]
    [InlineData(1, 0, "inputs has 1 float; 0 are wanted.")]
    [InlineData(0, 1, "inputs has 0 floats; 1 is wanted.")]
    public void A_wrong_length_names_what_was_given_and_wanted(int given, int wanted, string message)
    {
        Boundary.Length(wanted, wanted, "inputs");

        ArgumentException e = Should.Throw<ArgumentException>(() => Boundary.Length(given, wanted, "inputs"));
        e.Message.ShouldStartWith(message);
        e.ParamName.ShouldBe("inputs");
    }

    [Fact]
    public void A_negative_count_is_refused()
    {
        Boundary.Count(0, "streams");

        Should.Throw<ArgumentOutOfRangeException>(() => Boundary.Count(-1, "streams")).Message
            .ShouldStartWith("streams is -1; at least 0 is wanted.");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(22, 1)]
    [InlineData(66, 3)]
    public void Whole_rows_are_counted(int length, int rows) =>
        Boundary.Steps(length, 22, "inputs", "InputSize").ShouldBe(rows);

    [Theory]
    [InlineData(21)]
    [InlineData(23)]
    public void A_part_of_a_row_is_refused(int length) =>
        Should.Throw<ArgumentException>(() => Boundary.Steps(length, 22, "inputs", "InputSize")).Message
            .ShouldStartWith($"inputs has {length} floats; a multiple of InputSize = 22 is wanted.");

    [Theory]
    [InlineData(13, 3, 4, "outputs has 13 floats; 12 are wanted: 3 times OutputSize = 4.")]
    [InlineData(0, 65_536, 65_536, "outputs has 0 floats; 4294967296 are wanted: 65536 times OutputSize = 65536.")]
    public void A_wrong_number_of_rows_is_refused_even_where_the_product_overflows(int length, int rows, int rowSize, string message)
    {
        Boundary.Rows(12, 3, 4, "outputs", "OutputSize");

        Should.Throw<ArgumentException>(() => Boundary.Rows(length, rows, rowSize, "outputs", "OutputSize")).Message.ShouldStartWith(message);
    }

    [Fact]
    public void Overlapping_spans_are_refused_and_neighbours_are_not()
    {
        float[] memory = new float[10];
        Boundary.NoOverlap(memory.AsSpan(0, 5), memory.AsSpan(5), "outputs", "inputs");
        Boundary.NoOverlap(memory.AsSpan(3, 0), memory, "outputs", "inputs");

        Should.Throw<ArgumentException>(() => Boundary.NoOverlap(memory.AsSpan(0, 6), memory.AsSpan(5), "outputs", "inputs")).Message
            .ShouldStartWith("outputs overlaps inputs; memory of its own is wanted.");
        Should.Throw<ArgumentException>(() => Boundary.NoOverlap(memory, memory, "outputs", "inputs"));
    }

    [Fact]
    public void Indices_within_the_range_pass()
    {
        Boundary.Indices([0, 9, 5, -0f], 1, 10, "inputs");
        Boundary.Indices([], 1, 10, "inputs");
        Boundary.Indices([3, float.NaN, 4, -1], 2, 10, "inputs");
        Boundary.Indices([16_777_216], 1, 16_777_217, "inputs");
    }

    [Theory]
    [InlineData(10f, "10")]
    [InlineData(-1f, "-1")]
    [InlineData(3.5f, "3.5")]
    [InlineData(-0.5f, "-0.5")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    [InlineData(4294967296f, "4.2949673E+09")]
    public void What_is_no_index_is_refused_with_its_position(float input, string text) =>
        Should.Throw<ArgumentException>(() => Boundary.Indices([1, 0, 2, 0, input, 0], 2, 10, "inputs")).Message
            .ShouldStartWith($"inputs[4] is {text}; a whole number from 0 to 9 is wanted.");

    [Fact]
    public void The_largest_count_does_not_admit_what_the_conversion_saturates() =>
        Should.Throw<ArgumentException>(() => Boundary.Indices([2147483648f], 1, int.MaxValue, "inputs"));

    [Fact]
    public void Checks_that_pass_allocate_nothing()
    {
        float[] memory = new float[10];
        Check(memory);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Check(memory);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        static void Check(float[] memory)
        {
            Boundary.Length(memory.Length, 10, "inputs");
            Boundary.Count(0, "streams");
            Boundary.Rows(memory.Length, Boundary.Steps(memory.Length, 5, "inputs", "InputSize"), 5, "outputs", "OutputSize");
            Boundary.NoOverlap(memory.AsSpan(0, 5), memory.AsSpan(5), "outputs", "inputs");
            Boundary.Indices(memory, 1, 10, "inputs");
            Boundary.InstructionSet(InstructionSet.Scalar);
        }
    }
}
