using System.Runtime.InteropServices;

namespace AkiDb.Forecasting.Simd;

/// <summary>A matrix in memory whose columns lie in panels of 32: element (row, column) is at
/// <c>Start + column / 32 · PanelStep + row · RowStep + column % 32</c>.</summary>
/// <param name="Start">Address of the first element.</param>
/// <param name="RowStep">Floats from one row to the next.</param>
/// <param name="PanelStep">Floats from one panel to the next: 32 in a matrix stored by rows, rows · 32 in one stored by panels.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe record struct MatrixView(nint Start, nint RowStep, nint PanelStep)
{
    /// <summary>Columns of a panel: two of the widest vectors.</summary>
    public const int PanelColumns = 32;

    /// <summary>A matrix stored row by row.</summary>
    public static MatrixView ByRows(float* start, int columns) => new((nint)start, columns, PanelColumns);

    /// <summary>A matrix stored panel by panel: what a product reads of it lies together, whatever its width.</summary>
    public static MatrixView ByPanels(float* start, int rows) => new((nint)start, PanelColumns, (nint)rows * PanelColumns);
}
