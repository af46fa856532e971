using System.Runtime.CompilerServices;

namespace AkiDb.Forecasting.Simd;

/// <summary>
/// C += A·B or C = A·B in tiles that stay in registers: 8 rows by two vectors, or 4 by two where there are 16 registers. A is read
/// with any two steps, so that Aᵀ·B is the same kernel.
/// </summary>
internal static unsafe class MatrixProduct<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    /// <summary>Multiplies.</summary>
    /// <param name="rows">Rows of A and C, a multiple of 4.</param>
    /// <param name="columns">Columns of B and C, a multiple of 32.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="a">First element of A.</param>
    /// <param name="aRow">Floats from one row of A to the next.</param>
    /// <param name="aColumn">Floats from one column of A to the next.</param>
    /// <param name="b">B.</param>
    /// <param name="c">C.</param>
    /// <param name="accumulate">Whether to add to what stands in C.</param>
    public static void Multiply(
        int rows, int columns, int depth, float* a, nint aRow, nint aColumn, MatrixView b, MatrixView c, bool accumulate)
    {
        for (var panel = 0; panel < columns / MatrixView.PanelColumns; panel++)
        {
            for (var column = 0; column < MatrixView.PanelColumns; column += 2 * TSimd.Count)
            {
                var bTile = (float*)b.Start + (panel * b.PanelStep) + column;
                var cTile = (float*)c.Start + (panel * c.PanelStep) + column;
                var row = 0;
                if (TSimd.TileRows == 8)
                {
                    for (; row + 8 <= rows; row += 8)
                    {
                        Tile8(depth, a + (row * aRow), aRow, aColumn, bTile, b.RowStep, cTile + (row * c.RowStep), c.RowStep, accumulate);
                    }
                }

                for (; row < rows; row += 4)
                {
                    Tile4(depth, a + (row * aRow), aRow, aColumn, bTile, b.RowStep, cTile + (row * c.RowStep), c.RowStep, accumulate);
                }
            }
        }
    }

    // The sums are locals one by one, because the compiler keeps only such in registers.
    private static void Tile8(
        int depth, float* a, nint aRow, nint aColumn, float* b, nint bRow, float* c, nint cRow, bool accumulate)
    {
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        TVector c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        var lower = a + (4 * aRow);
        var aRow2 = 2 * aRow;
        var aRow3 = 3 * aRow;
        for (var k = 0; k < depth; k++)
        {
            var b0 = TSimd.Load(b);
            var b1 = TSimd.Load(b + TSimd.Count);
            var a0 = TSimd.Broadcast(a[0]);
            c00 = TSimd.MultiplyAdd(a0, b0, c00);
            c01 = TSimd.MultiplyAdd(a0, b1, c01);
            var a1 = TSimd.Broadcast(a[aRow]);
            c10 = TSimd.MultiplyAdd(a1, b0, c10);
            c11 = TSimd.MultiplyAdd(a1, b1, c11);
            var a2 = TSimd.Broadcast(a[aRow2]);
            c20 = TSimd.MultiplyAdd(a2, b0, c20);
            c21 = TSimd.MultiplyAdd(a2, b1, c21);
            var a3 = TSimd.Broadcast(a[aRow3]);
            c30 = TSimd.MultiplyAdd(a3, b0, c30);
            c31 = TSimd.MultiplyAdd(a3, b1, c31);
            var a4 = TSimd.Broadcast(lower[0]);
            c40 = TSimd.MultiplyAdd(a4, b0, c40);
            c41 = TSimd.MultiplyAdd(a4, b1, c41);
            var a5 = TSimd.Broadcast(lower[aRow]);
            c50 = TSimd.MultiplyAdd(a5, b0, c50);
            c51 = TSimd.MultiplyAdd(a5, b1, c51);
            var a6 = TSimd.Broadcast(lower[aRow2]);
            c60 = TSimd.MultiplyAdd(a6, b0, c60);
            c61 = TSimd.MultiplyAdd(a6, b1, c61);
            var a7 = TSimd.Broadcast(lower[aRow3]);
            c70 = TSimd.MultiplyAdd(a7, b0, c70);
            c71 = TSimd.MultiplyAdd(a7, b1, c71);
            a += aColumn;
            lower += aColumn;
            b += bRow;
        }

        Write(c, c00, c01, accumulate);
        Write(c + cRow, c10, c11, accumulate);
        Write(c + (2 * cRow), c20, c21, accumulate);
        Write(c + (3 * cRow), c30, c31, accumulate);
        Write(c + (4 * cRow), c40, c41, accumulate);
        Write(c + (5 * cRow), c50, c51, accumulate);
        Write(c + (6 * cRow), c60, c61, accumulate);
        Write(c + (7 * cRow), c70, c71, accumulate);
    }

    private static void Tile4(
        int depth, float* a, nint aRow, nint aColumn, float* b, nint bRow, float* c, nint cRow, bool accumulate)
    {
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        var aRow2 = 2 * aRow;
        var aRow3 = 3 * aRow;
        for (var k = 0; k < depth; k++)
        {
            var b0 = TSimd.Load(b);
            var b1 = TSimd.Load(b + TSimd.Count);
            var a0 = TSimd.Broadcast(a[0]);
            c00 = TSimd.MultiplyAdd(a0, b0, c00);
            c01 = TSimd.MultiplyAdd(a0, b1, c01);
            var a1 = TSimd.Broadcast(a[aRow]);
            c10 = TSimd.MultiplyAdd(a1, b0, c10);
            c11 = TSimd.MultiplyAdd(a1, b1, c11);
            var a2 = TSimd.Broadcast(a[aRow2]);
            c20 = TSimd.MultiplyAdd(a2, b0, c20);
            c21 = TSimd.MultiplyAdd(a2, b1, c21);
            var a3 = TSimd.Broadcast(a[aRow3]);
            c30 = TSimd.MultiplyAdd(a3, b0, c30);
            c31 = TSimd.MultiplyAdd(a3, b1, c31);
            a += aColumn;
            b += bRow;
        }

        Write(c, c00, c01, accumulate);
        Write(c + cRow, c10, c11, accumulate);
        Write(c + (2 * cRow), c20, c21, accumulate);
        Write(c + (3 * cRow), c30, c31, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(float* c, TVector first, TVector second, bool accumulate)
    {
        if (accumulate)
        {
            first = TSimd.Add(first, TSimd.Load(c));
            second = TSimd.Add(second, TSimd.Load(c + TSimd.Count));
        }

        TSimd.Store(first, c);
        TSimd.Store(second, c + TSimd.Count);
    }
}
