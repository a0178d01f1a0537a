namespace FastNqe;

/// <summary>An operator that can also hand over its matrix, for methods that factorise it.</summary>
public interface ISparseSymmetric : ISymmetricOperator
{
    /// <summary>The lower triangle of H with the diagonal.</summary>
    SparseTriangle LowerTriangle();
}

/// <summary>The lower triangle of a symmetric matrix, by rows.</summary>
/// <param name="RowStarts">n + 1 numbers: row i has the entries RowStarts[i] to RowStarts[i + 1] - 1.</param>
/// <param name="Columns">The column of each entry, ascending within a row and not above the row's own number.</param>
/// <param name="Values">The value of each entry.</param>
public sealed record SparseTriangle(int[] RowStarts, int[] Columns, double[] Values)
{
    /// <summary>The number of rows.</summary>
    public int Size => RowStarts.Length - 1;

    /// <exception cref="ArgumentException">The arrays do not describe a lower triangle.</exception>
    internal void Validate(int size)
    {
        if (Size != size || RowStarts[0] != 0 || RowStarts[^1] != Columns.Length || Columns.Length != Values.Length)
            throw new ArgumentException($"a triangle of {Size} rows with {Columns.Length} columns and {Values.Length} values; expected {size} rows and as many columns as values");
        for (int row = 0; row < size; row++)
            for (int k = RowStarts[row]; k < RowStarts[row + 1]; k++)
                if (Columns[k] > row || Columns[k] < 0 || (k > RowStarts[row] && Columns[k] <= Columns[k - 1]))
                    throw new ArgumentException($"row {row} has column {Columns[k]}; expected ascending columns from 0 to {row}");
    }
}
