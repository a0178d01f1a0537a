using System.Runtime.InteropServices;

namespace FastNqe;

/// <summary>The Cholesky factor of a sparse symmetric positive definite matrix.</summary>
internal sealed unsafe class CholmodFactor : IDisposable
{
    // cholmod_common has 2664 bytes in SuiteSparse 5 and somewhat more in later ones; the library fills it in itself.
    private const int CommonBytes = 1 << 16;

    // Where cholmod_common has its print level (3 at the start), which is silenced: CHOLMOD would write to standard output.
    private const int PrintOffset = 144;

    private const int MatrixItself = 0;

    private readonly CholmodLibrary _library;
    private byte* _common;
    private nint _factor;

    private CholmodFactor(CholmodLibrary library, byte* common, nint factor, int size)
    {
        _library = library;
        _common = common;
        _factor = factor;
        Size = size;
    }

    /// <summary>Frees the factor.</summary>
    ~CholmodFactor() => Release();

    /// <summary>The number of rows.</summary>
    public int Size { get; }

    /// <summary>Factorises matrix + shift; null if that is not positive definite.</summary>
    /// <param name="library">CHOLMOD.</param>
    /// <param name="matrix">A lower triangle with every diagonal entry.</param>
    /// <param name="shift">Added to the diagonal.</param>
    /// <exception cref="InsufficientMemoryException">The factor does not fit into memory.</exception>
    public static CholmodFactor? TryCreate(CholmodLibrary library, SparseTriangle matrix, double shift)
    {
        int n = matrix.Size;
        double[] values = (double[])matrix.Values.Clone();
        for (int row = 0; row < n; row++)
        {
            int diagonal = matrix.RowStarts[row + 1] - 1;
            if (diagonal < matrix.RowStarts[row] || matrix.Columns[diagonal] != row)
                throw new ArgumentException($"row {row} of the triangle has no diagonal entry", nameof(matrix));
            values[diagonal] += shift;
        }
        byte* common = (byte*)NativeMemory.AllocZeroed(CommonBytes);
        ((delegate* unmanaged[Cdecl]<byte*, int>)library.Start)(common);
        if (*(int*)(common + PrintOffset) == 3)
            *(int*)(common + PrintOffset) = 0;
        nint factor;
        fixed (int* starts = matrix.RowStarts)
        fixed (int* columns = matrix.Columns)
        fixed (double* numbers = values)
        {
            // The rows of the lower triangle are the columns of the upper one, which is what CHOLMOD takes (stype > 0).
            CholmodSparse sparse = new()
            {
                Rows = (nuint)n,
                Columns = (nuint)n,
                Capacity = (nuint)values.Length,
                ColumnStarts = starts,
                RowIndices = columns,
                Values = numbers,
                SymmetricStorage = 1,
                NumberKind = 1,
                Sorted = 1,
                Packed = 1,
            };
            factor = ((delegate* unmanaged[Cdecl]<CholmodSparse*, byte*, nint>)library.Analyze)(&sparse, common);
            bool done;
            using (library.Blas.Turn())
                done = factor != 0 && ((delegate* unmanaged[Cdecl]<CholmodSparse*, nint, byte*, int>)library.Factorize)(&sparse, factor, common) != 0;
            CholmodFactor result = new(library, common, factor, n);
            // cholmod_factor begins with n and minor: the column at which the factorisation had to stop, n if it did not.
            if (done && ((nuint*)factor)[1] == (nuint)n)
                return result;
            result.Dispose();
            if (!done)
                throw new InsufficientMemoryException($"CHOLMOD cannot factorise a matrix of {n} rows and {2L * values.Length - n} entries: the factor does not fit into memory");
        }
        return null;
    }

    /// <summary>Solves A·y = x.</summary>
    public void Solve(ReadOnlySpan<double> x, Span<double> y)
    {
        fixed (double* right = x)
        {
            CholmodDense dense = new() { Rows = (nuint)Size, Columns = 1, Capacity = (nuint)Size, Leading = (nuint)Size, Values = right, NumberKind = 1 };
            CholmodDense* solution;
            using (_library.Blas.Turn())
                solution = ((delegate* unmanaged[Cdecl]<int, nint, CholmodDense*, byte*, CholmodDense*>)_library.Solve)(MatrixItself, _factor, &dense, _common);
            if (solution is null)
                throw new InsufficientMemoryException($"CHOLMOD has no memory for a solve with {Size} rows");
            new ReadOnlySpan<double>(solution->Values, Size).CopyTo(y);
            ((delegate* unmanaged[Cdecl]<CholmodDense**, byte*, int>)_library.FreeDense)(&solution, _common);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (_common is null)
            return;
        fixed (nint* factor = &_factor)
            ((delegate* unmanaged[Cdecl]<nint*, byte*, int>)_library.FreeFactor)(factor, _common);
        ((delegate* unmanaged[Cdecl]<byte*, int>)_library.Finish)(_common);
        NativeMemory.Free(_common);
        _common = null;
    }

    // cholmod_sparse and cholmod_dense, field by field; the same in CHOLMOD 2 to 5.
    [StructLayout(LayoutKind.Sequential)]
    private struct CholmodSparse
    {
        public nuint Rows, Columns, Capacity;
        public int* ColumnStarts, RowIndices, CountsIfUnpacked;
        public double* Values, ImaginaryParts;
        public int SymmetricStorage, IndexKind, NumberKind, Precision, Sorted, Packed;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct CholmodDense
    {
        public nuint Rows, Columns, Capacity, Leading;
        public double* Values, ImaginaryParts;
        public int NumberKind, Precision;
    }
}
