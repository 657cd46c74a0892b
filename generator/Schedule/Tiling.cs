using System;

namespace Recurrent.Gen.Schedule;

/// <summary>
/// How a loop over the rows of a layer runs: rows are cut into blocks of one vector each, and a tile of several blocks is worked on at once,
/// so that enough independent sums are under way to hide the latency of a multiply-add.
/// </summary>
/// <param name="Rows">Rows of the loop.</param>
/// <param name="Lanes">Rows of a block.</param>
/// <param name="Blocks">Blocks of a tile; it has no influence on the order of any rounding.</param>
public readonly record struct Tiling(int Rows, int Lanes, int Blocks)
{
    /// <summary>Registers that hold something other than sums: the broadcast operand, and room for the compiler.</summary>
    private const int ReservedRegisters = 4;

    /// <summary>More sums than this gain nothing, as 8 hide 4 cycles of latency on two multiply-add units.</summary>
    private const int EnoughSums = 8;

    /// <summary>
    /// Sums of the widest vectors that are enough where weights come from the second cache, which gives at most one of these in a cycle. A smaller tile lets the processor begin the next one
    /// while it computes the activations of this one, and leaves registers for further time steps or streams.
    /// </summary>
    private const int EnoughSumsOfFarWeights = 4;

    /// <summary>Floats of weights that come from the first cache in every time step.</summary>
    private const int NearWeights = 32 * 1024 / sizeof(float);

    /// <summary>Floats of weights that come from the second cache in every time step, as other layers want it too.</summary>
    private const int SecondWeights = 512 * 1024 / sizeof(float);

    /// <summary>More blocks of a matrix's row than this are a loop.</summary>
    private const int MostColumnBlocks = 4;

    /// <summary>More time steps at once gain little where the second cache gives the weights: they are read for the others from a register.</summary>
    private const int EnoughTimes = 4;

    /// <summary>More time steps at once gain little: then no memory is slower than the multiply-adds.</summary>
    public const int MostTimes = 6;

    /// <summary>Rows that a kernel which goes over all of them in each tile is called for at most.</summary>
    public const int MostRows = 64;

    /// <summary>For how many time steps, of those that do not wait for each other, a tile has room at once: each has its sums and a broadcast operand, beside a vector of weights and room for the compiler.</summary>
    /// <param name="sums">Sums that each block keeps, partial sums counted.</param>
    /// <param name="weights">Floats of the weights that the loop reads.</param>
    /// <param name="target">The instruction set.</param>
    public int Times(int sums, long weights, Target target) => Math.Max(
        1, Math.Min(weights > SecondWeights ? MostTimes : EnoughTimes, (target.Registers - 2) / ((sums * Blocks) + 1)));

    public int TileRows => Lanes * Blocks;

    /// <summary>Tiles that have all their blocks, every one full.</summary>
    public int FullTiles => Rows / TileRows;

    /// <summary>Rows behind the full tiles.</summary>
    public int TailRows => Rows - (FullTiles * TileRows);

    /// <summary>Blocks behind the full tiles; the last one may be partial.</summary>
    public int TailBlocks => (TailRows + Lanes - 1) / Lanes;

    /// <summary>Rows of the last block if it is not full, else 0.</summary>
    public int PartialRows => Rows % Lanes;

    /// <summary>Blocks of all tiles.</summary>
    public int AllBlocks => (Rows + Lanes - 1) / Lanes;

    /// <summary>Whether the first cache does not hold the weights of a loop from one time step to the next.</summary>
    /// <param name="weights">Floats of the weights.</param>
    public static bool IsFar(long weights) => weights > NearWeights;

    /// <summary>Chooses the tile.</summary>
    /// <param name="rows">Rows of the loop.</param>
    /// <param name="sums">Sums that each block keeps, partial sums counted; 0 for a loop without products.</param>
    /// <param name="weights">Floats of the weights that the loop reads.</param>
    /// <param name="termsOfWord">Terms in a word of weights: each of a vector's is a multiply-add that waits for the one before.</param>
    /// <param name="target">The instruction set.</param>
    public static Tiling For(int rows, int sums, long weights, int termsOfWord, Target target)
    {
        int all = (rows + target.Lanes - 1) / target.Lanes;
        if (sums == 0)
        {
            return new Tiling(rows, target.Lanes, 1);
        }

        // What has no vectors is bound by instructions, wherever the weights come from.
        int vectorsOfWidest = target.Lanes > 1 ? Arithmetic.NominalLanes / target.Lanes : 1;
        int enoughFar = Math.Min(EnoughSums, EnoughSumsOfFarWeights * vectorsOfWidest * termsOfWord);
        int wanted = IsFar(weights) ? (enoughFar + sums - 1) / sums : Math.Max(1, EnoughSums / sums);
        int possible = Math.Max(1, (target.Registers - ReservedRegisters) / sums);
        int most = Math.Min(all, Math.Min(wanted, possible));
        int tiles = (all + most - 1) / most;
        return new Tiling(rows, target.Lanes, (all + tiles - 1) / tiles);
    }

    /// <summary>Chooses the largest tile whose sums all lie in registers, so that as few operands as can be are read for each multiply-add.</summary>
    /// <param name="rows">Rows of the loop.</param>
    /// <param name="sums">Sums that each block keeps.</param>
    /// <param name="target">The instruction set.</param>
    public static Tiling Widest(int rows, int sums, Target target)
    {
        int all = (rows + target.Lanes - 1) / target.Lanes;
        int most = Math.Max(1, Math.Min(all, (target.Registers - ReservedRegisters) / sums));
        int tiles = (all + most - 1) / most;
        return new Tiling(rows, target.Lanes, (all + tiles - 1) / tiles);
    }

    /// <summary>Whether the partial sums of a row are too many to be kept in locals.</summary>
    public static bool KeepsRowSumsInMemory(Target target) => Arithmetic.NominalLanes / target.Lanes > MostColumnBlocks;

    /// <summary>Chooses the tile of a row of matrices: its blocks have no sums under way that must hide each other's latency, but the loop around them costs.</summary>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="isOneOfMany">Whether the kernel has many such loops, so that each must be short.</param>
    /// <param name="hasRowSums">Whether rows are added, each block into a partial sum of its own: then a tile has all of these, or a multiple.</param>
    /// <param name="target">The instruction set.</param>
    public static Tiling OfColumns(int columns, bool isOneOfMany, bool hasRowSums, Target target)
    {
        int all = (columns + target.Lanes - 1) / target.Lanes;
        int most = isOneOfMany ? 1 : MostColumnBlocks;
        int tiles = (all + most - 1) / most;
        int blocks = (all + tiles - 1) / tiles;
        int unit = hasRowSums ? Arithmetic.NominalLanes / target.Lanes : 1;
        return new Tiling(columns, target.Lanes, (blocks + unit - 1) / unit * unit);
    }
}
