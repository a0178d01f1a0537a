namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>
/// Whether what only orders 3 and 4 need stands in columns of its own. Lines that a product with the Hessian skips are fetched all the same,
/// because the processor looks ahead along what it reads.
/// </summary>
internal interface IColumnRuns
{
    static abstract bool AreApart { get; }
}

/// <summary>One run of columns, each with everything.</summary>
internal readonly struct Together : IColumnRuns
{
    public static bool AreApart => false;
}

/// <summary>Two runs, the library's way: separations and the coefficients A and B; the coefficients C and D.</summary>
internal readonly struct Apart : IColumnRuns
{
    public static bool AreApart => true;
}
