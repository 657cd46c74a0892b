using System;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Recurrent;

/// <summary>
/// Packs weights in the order in which generated kernels read them: tile after tile; in each, vectors block after block, then the products' columns,
/// term after term, or where a precision has several terms in a word, word after word. Rows behind the last are 0. For generated code.
/// </summary>
/// <param name="panels">Receives the packed weights.</param>
/// <param name="lanes">Rows of a block.</param>
/// <param name="precision">What is kept of the products' weights.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct PanelWriter(Span<float> panels, int lanes, Precision precision = Precision.Float32)
{
    private readonly int _lanes = lanes;
    private readonly Precision _precision = precision;
    private Span<float> _rest = panels;
    private int _rows;
    private int _tileRows;
    private int _first;

    /// <summary>Begins a loop over rows.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="blocks">Blocks of a tile.</param>
    public void Rows(int rows, int blocks)
    {
        _rows = rows;
        _tileRows = _lanes * blocks;
        _first = -_tileRows;
    }

    /// <summary>Goes on to the next tile.</summary>
    /// <returns>False behind the last.</returns>
    public bool NextTile()
    {
        _first += _tileRows;
        return _first < _rows;
    }

    /// <summary>Packs the tile's part of a vector.</summary>
    /// <param name="vector">Its elements; more may follow.</param>
    /// <param name="factor">What they are multiplied with.</param>
    public void Vector(ReadOnlySpan<float> vector, double factor = 1)
    {
        for (int block = _first; block < Math.Min(_first + _tileRows, _rows); block += _lanes)
        {
            int used = Math.Min(_lanes, _rows - block);
            for (int lane = 0; lane < used; lane++)
            {
                _rest[lane] = (float)(vector[block + lane] * factor);
            }

            _rest[used.._lanes].Clear();
            _rest = _rest[_lanes..];
        }
    }

    /// <summary>Packs the tile's rows of several matrices that multiply one vector.</summary>
    /// <param name="columns">Their columns: terms of each product.</param>
    /// <param name="weights">The memory that holds them.</param>
    /// <param name="matrices">Where each matrix begins; they are stored row after row.</param>
    /// <param name="factors">What each matrix is multiplied with, where floats are kept; none for 1.</param>
    public void Products(int columns, ReadOnlySpan<float> weights, ReadOnlySpan<int> matrices, ReadOnlySpan<double> factors = default)
    {
        if (!factors.IsEmpty)
        {
            ScaledProducts(columns, weights, matrices, factors);
            return;
        }

        if (_precision == Precision.Int8)
        {
            WholeProducts(columns, weights, matrices);
            return;
        }

        int termsOfWord = WeightWords.TermsOf(_precision);
        for (int column = 0; column < columns; column += termsOfWord)
        {
            foreach (int matrix in matrices)
            {
                for (int block = _first; block < Math.Min(_first + _tileRows, _rows); block += _lanes)
                {
                    Span<int> words = MemoryMarshal.Cast<float, int>(_rest[.._lanes]);
                    int used = Math.Min(_lanes, _rows - block);
                    for (int lane = 0; lane < used; lane++)
                    {
                        ReadOnlySpan<float> row = weights.Slice(matrix + ((block + lane) * columns), columns);
                        words[lane] = WeightWords.Word(_precision, row[column..]);
                    }

                    words[used..].Clear();
                    _rest = _rest[_lanes..];
                }
            }
        }
    }

    /// <summary>Floats, each multiplied with the factor of its matrix.</summary>
    private void ScaledProducts(int columns, ReadOnlySpan<float> weights, ReadOnlySpan<int> matrices, ReadOnlySpan<double> factors)
    {
        for (int column = 0; column < columns; column++)
        {
            for (int matrix = 0; matrix < matrices.Length; matrix++)
            {
                for (int block = _first; block < Math.Min(_first + _tileRows, _rows); block += _lanes)
                {
                    int used = Math.Min(_lanes, _rows - block);
                    int at = matrices[matrix] + (block * columns) + column;
                    for (int lane = 0; lane < used; lane++, at += columns)
                    {
                        _rest[lane] = (float)(weights[at] * factors[matrix]);
                    }

                    _rest[used.._lanes].Clear();
                    _rest = _rest[_lanes..];
                }
            }
        }
    }

    /// <summary>-128 times the sum of each row's whole weights, then words of four of them, and behind these the scales of the rows.</summary>
    private void WholeProducts(int columns, ReadOnlySpan<float> weights, ReadOnlySpan<int> matrices)
    {
        int blocks = (Math.Min(_tileRows, _rows - _first) + _lanes - 1) / _lanes;
        int words = (columns + 3) / 4;
        int rows = matrices.Length * blocks * _lanes;
        Span<int> sums = MemoryMarshal.Cast<float, int>(_rest[..rows]);
        Span<sbyte> wholes = MemoryMarshal.Cast<float, sbyte>(_rest.Slice(rows, words * rows));
        Span<float> scales = _rest.Slice((1 + words) * rows, rows);
        sums.Clear();
        wholes.Clear();
        scales.Clear();
        for (int matrix = 0; matrix < matrices.Length; matrix++)
        {
            for (int r = 0; r < Math.Min(blocks * _lanes, _rows - _first); r++)
            {
                ReadOnlySpan<float> row = weights.Slice(matrices[matrix] + ((_first + r) * columns), columns);
                float scale = WeightWords.Scale(row);
                int lane = (((matrix * blocks) + (r / _lanes)) * _lanes) + (r % _lanes);
                scales[lane] = scale;
                for (int column = 0; column < columns; column++)
                {
                    sbyte whole = WeightWords.Whole(row[column], scale);
                    wholes[(((column / 4 * rows) + lane) * 4) + (column % 4)] = whole;
                    sums[lane] -= 128 * whole;
                }
            }
        }

        _rest = _rest[((words + 2) * rows)..];
    }
}
