using System.Globalization;

namespace Recurrent.Gen.Graph;

/// <content>Convolutions, by what they come to.</content>
internal sealed partial class CanonicalForm
{
    /// <summary>A convolution at one time step; null where sizes are missing, or where they do not fit, which is noted.</summary>
    /// <param name="op">The convolution.</param>
    /// <param name="weight">Its filters: in a row, for each channel of the row's group one weight behind the other for each frame.</param>
    /// <param name="at">Where it stands in the equations.</param>
    private int? Convolve(Op op, int weight, int at)
    {
        int frames = _positions[op.B].Value;
        Op marked = _ops[frames];
        Shape filters = _ops[weight].Shape;
        if (marked.Kind != OpKind.Frames || _ops[marked.B].Kind != OpKind.Constant || !marked.Shape.Rows.IsBound || !filters.Rows.IsBound || !filters.Columns.IsBound)
        {
            return null;
        }

        int taps = marked.A;
        int kernel = (int)_ops[marked.B].Constant;
        int channels = kernel < 1 ? 0 : marked.Shape.Length / kernel;
        int depth = kernel < 1 ? 0 : filters.Columns.Size / kernel;
        int groups = depth < 1 ? 0 : channels / depth;
        int rows = filters.Rows.Size;
        if (groups < 1 || kernel * channels != marked.Shape.Length || kernel * depth != filters.Columns.Size || groups * depth != channels || rows % groups != 0)
        {
            string given = string.Format(
                CultureInfo.InvariantCulture,
                "filters {0} do not divide {1} elements in {2} frames, and themselves, into groups",
                filters,
                marked.Shape.Length,
                kernel);
            _bound.Faults.Add(new BindingFault(at, null, given));
            return null;
        }

        if (groups == 1)
        {
            int matrix = Swap(weight, depth, kernel, filters);
            return Add(new Op(OpKind.Product, matrix, taps, Shape.Vector(rows)));
        }

        if (depth == 1 && rows == groups)
        {
            // One filter for each channel: frame after frame, element by element.
            int scales = Swap(weight, rows, kernel, marked.Shape);
            int products = Add(new Op(OpKind.Multiply, scales, taps, marked.Shape));
            int sum = Slice(products, 0, rows);
            for (int frame = 1; frame < kernel; frame++)
            {
                sum = Add(new Op(OpKind.Add, sum, Slice(products, frame * rows, rows), Shape.Vector(rows)));
            }

            return sum;
        }

        // What each filter reads, in the order of its weights: every group's part of the frames, once for each of the group's filters.
        int arranged = Swap(taps, kernel, channels, marked.Shape);
        int repeated = Add(new Op(OpKind.SpreadRows, arranged, Shape.Matrix(marked.Shape.Length, rows / groups)));
        int read = Swap(repeated, depth * kernel, rows / groups, filters);
        return Add(new Op(OpKind.RowSums, Add(new Op(OpKind.Multiply, weight, read, filters)), Shape.Vector(rows)));
    }

    private int Slice(int vector, int start, int length) =>
        _ops[vector].Shape.Length == length ? vector : Add(new Op(OpKind.Slice, vector, -1, Shape.Vector(length), start));

    private int Swap(int value, int rows, int columns, Shape shape) => Add(new Op(OpKind.Swap, value, columns, shape, rows));
}
