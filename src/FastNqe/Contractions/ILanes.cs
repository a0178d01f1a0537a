namespace FastNqe;

/// <summary>
/// A number with one value per lane: the only vocabulary in which kernels and pair laws are written, so that one source serves
/// scalar code, AVX2 and AVX-512.
/// </summary>
/// <remarks>
/// Every operation is correctly rounded and acts on each lane alone, so a lane's result has the same bits in every width.
/// Multiplications followed by an addition are fused everywhere (<see cref="MultiplyAdd"/>), never left to the compiler.
/// </remarks>
/// <typeparam name="T">The implementing type.</typeparam>
public interface ILanes<T> where T : unmanaged, ILanes<T>
{
    /// <summary>The number of lanes: 1, 4 or 8.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in all lanes.</summary>
    static abstract T Splat(double value);

    /// <summary>Reads <see cref="Count"/> consecutive numbers at source[offset].</summary>
    static abstract T Load(ref double source, nint offset);

    /// <summary>Writes <see cref="Count"/> consecutive numbers at destination[offset].</summary>
    static abstract void Store(T value, ref double destination, nint offset);

    /// <summary>
    /// Reads a row of four numbers per lane and transposes: lane k of the result's component c is source[rows[k] + c].
    /// </summary>
    /// <param name="source">The field of rows.</param>
    /// <param name="rows">Where each lane's row begins, in numbers from <paramref name="source"/>.</param>
    /// <param name="x">First component.</param>
    /// <param name="y">Second component.</param>
    /// <param name="z">Third component.</param>
    /// <param name="w">Fourth component.</param>
    static abstract void LoadRows(ref double source, ref int rows, out T x, out T y, out T z, out T w);

    /// <summary>The same for rows of two numbers.</summary>
    static abstract void LoadRows(ref double source, ref int rows, out T x, out T y);

    /// <summary>Writes lane k's components to the k-th of the consecutive rows of four numbers that begin at destination.</summary>
    static abstract void StoreRows(ref double destination, T x, T y, T z, T w);

    /// <summary>The same for rows of two numbers.</summary>
    static abstract void StoreRows(ref double destination, T x, T y);

    /// <summary>
    /// Adds lane k's components to the row of four numbers at destination[rows[k]], one lane after the other: several lanes may name the same row.
    /// </summary>
    static abstract void AddRows(ref double destination, ref int rows, T x, T y, T z, T w);

    /// <summary>The same for rows of two numbers.</summary>
    static abstract void AddRows(ref double destination, ref int rows, T x, T y);

    /// <summary>x·y + z with one rounding.</summary>
    static abstract T MultiplyAdd(T x, T y, T z);

    /// <summary>z - x·y with one rounding.</summary>
    static abstract T NegativeMultiplyAdd(T x, T y, T z);

    /// <summary>To the nearest integer, halves to even.</summary>
    static abstract T Round(T value);

    /// <summary>The square root.</summary>
    static abstract T Sqrt(T value);

    /// <summary>The absolute value.</summary>
    static abstract T Abs(T value);

    /// <summary>The larger of two numbers.</summary>
    static abstract T Max(T x, T y);

    /// <summary>Per lane: <paramref name="x"/> &lt; <paramref name="y"/> ? <paramref name="ifLess"/> : <paramref name="otherwise"/>; false if either is NaN.</summary>
    static abstract T SelectLess(T x, T y, T ifLess, T otherwise);

    /// <summary>
    /// Keeps <paramref name="a"/> and <paramref name="b"/> in lanes where <paramref name="low"/> &lt; <paramref name="x"/> &lt; <paramref name="high"/>; in
    /// the others, and where one of the three is NaN, both become zero.
    /// </summary>
    static abstract void KeepBetween(T low, T x, T high, ref T a, ref T b);

    /// <summary>A bit per lane, lowest first, that says where <paramref name="x"/> &lt; <paramref name="y"/>.</summary>
    static abstract uint LessMask(T x, T y);

    /// <summary>
    /// Moves those of <see cref="Count"/> consecutive integers whose bit in <paramref name="mask"/> is set to the front, in order. What
    /// lies behind them is overwritten too, up to <see cref="Count"/> integers in all.
    /// </summary>
    static abstract void Compress(uint mask, ref int source, ref int destination);

    /// <summary>Lane-wise sum.</summary>
    static abstract T operator +(T x, T y);

    /// <summary>Lane-wise difference.</summary>
    static abstract T operator -(T x, T y);

    /// <summary>Lane-wise product.</summary>
    static abstract T operator *(T x, T y);

    /// <summary>Lane-wise quotient.</summary>
    static abstract T operator /(T x, T y);
}
