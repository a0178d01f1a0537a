using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastNqe;

/// <summary>In what a table of a pair energy advances, and with respect to what its derivatives are.</summary>
public enum PairVariable
{
    /// <summary>u = r².</summary>
    SquaredDistance,

    /// <summary>r.</summary>
    Distance,
}

/// <summary>The table of one pair of types in a <see cref="TabulatedLaw"/>.</summary>
/// <param name="TypeI">One type, counted from 0.</param>
/// <param name="TypeJ">The other type; the order does not matter.</param>
/// <param name="First">The distance of the first row, positive [length]. Pairs that come nearer have no energy: NaN.</param>
/// <param name="Cutoff">The distance of the last row, at and beyond which such a pair does not interact [length].</param>
/// <param name="Rows">Five numbers a row: phi and its first four derivatives with respect to the variable. The variable advances by the same step from row to row.</param>
public sealed record TabulatedPair(int TypeI, int TypeJ, double First, double Cutoff, ReadOnlyMemory<double> Rows);

/// <summary>
/// A pair energy given as tables, one for each pair of types: for potentials whose formula is elsewhere, in another program or nowhere.
/// </summary>
/// <remarks>
/// <para>Between rows, the energy is the expansion about the nearest row: its five numbers, and beyond the fourth derivative the slopes of
/// the fourth derivative's polynomial through five rows. Hence the numbers of the table come back at its rows, each derivative is that of the one
/// below, and rounding is not magnified. Half way between two rows, derivative n jumps by the error of the interpolation, of order h^(9-n) for a step h.
/// A smoothed inverse power law over r = 0.6...1.48 in 2000 rows of r² is met to a relative 1e-8 in the fourth derivative, 1e-10 in the third, 1e-12 in those
/// below; in 2000 rows of r, to 2e-11 and 1e-12.</para>
/// <para>A table of energies alone cannot serve: rounded to 16 digits, it does not contain a fourth derivative.</para>
/// <para>The law reads a particle's type, not its diameter: sizes are type + 1 (<see cref="Complete"/>).</para>
/// </remarks>
public readonly struct TabulatedLaw : IPairLaw
{
    /// <summary>The numbers in a row: phi and four derivatives.</summary>
    public const int Columns = 5;

    /// <summary>The smallest number of rows of a table: those that a polynomial of the fourth derivative goes through.</summary>
    public const int SmallestTable = 5;

    private const int MostRows = 100_000_000;
    private const int MostLanes = 8;

    // A row of the expansion: coefficients c0..c8 of t^n, t = (x - place)/step; the place; 1/step; nothing. The first row has no numbers.
    private const int RowStride = 12;
    private const int Degree = 8;
    private const int NoRow = 0;

    private readonly double[] _rows;
    private readonly PairOfTypes[] _pairs;
    private readonly bool _byDistance;

    /// <summary>A law of tables.</summary>
    /// <param name="tables">One table for every pair of types, in any order.</param>
    /// <param name="variable">In what the rows advance and their derivatives are.</param>
    /// <exception cref="ArgumentException">
    /// A pair of types is missing or comes twice, a distance is out of range, a table has fewer than five rows or a number that is not finite, or a
    /// column is not the derivative of the one before.
    /// </exception>
    public TabulatedLaw(IReadOnlyList<TabulatedPair> tables, PairVariable variable)
    {
        ArgumentNullException.ThrowIfNull(tables);
        if (!Enum.IsDefined(variable))
            throw new ArgumentOutOfRangeException(nameof(variable), variable, "the variable is the distance or its square");
        Types = CountTypes(tables);
        _byDistance = variable == PairVariable.Distance;
        // Size 0, that of a place without a particle, has a row and a column too, without interaction.
        _pairs = new PairOfTypes[(Types + 1) * (Types + 1)];
        long rows = 1;
        foreach (TabulatedPair table in tables)
            rows += table.Rows.Length / Columns;
        if (rows > MostRows)
            throw new ArgumentException($"the tables have {rows - 1} rows; expected at most {MostRows}", nameof(tables));
        _rows = new double[rows * RowStride];
        _rows.AsSpan(NoRow * RowStride, RowStride).Fill(double.NaN);
        int next = NoRow + 1;
        foreach (TabulatedPair table in tables)
        {
            var pair = new PairOfTypes(table, _byDistance, next);
            Check(table, pair.Step);
            Expand(table.Rows.Span, pair, _rows.AsSpan(next * RowStride));
            _pairs[(table.TypeI + 1) * (Types + 1) + table.TypeJ + 1] = pair;
            _pairs[(table.TypeJ + 1) * (Types + 1) + table.TypeI + 1] = pair;
            next += table.Rows.Length / Columns;
        }
    }

    /// <inheritdoc/>
    public static bool IsCostly => true;

    /// <summary>The number of types.</summary>
    public int Types { get; }

    /// <summary>The configuration with the sizes that this law reads: each particle's type + 1, whatever its diameter.</summary>
    /// <exception cref="ArgumentException">The configuration has more types than the law.</exception>
    public Configuration Complete(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        double[] sizes = new double[configuration.ParticleCount];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = configuration.Types[i] < Types
                ? configuration.Types[i] + 1
                : throw new ArgumentException($"particle {i + 1} has type {configuration.Types[i]}; the tables are for types 0 to {Types - 1}", nameof(configuration));
        return configuration.WithDiameters(sizes);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A size is not a type + 1.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T Cutoff<T>(T sizeI, T sizeJ) where T : unmanaged, ILanes<T>
    {
        T zero = T.Splat(0), last = T.Splat(Types);
        // NaN is no particle, and passes.
        if ((T.LessMask(zero, T.Abs(sizeI - T.Round(sizeI)) + T.Abs(sizeJ - T.Round(sizeJ))) | T.LessMask(last, sizeI) | T.LessMask(last, sizeJ)) != 0)
            Refuse(sizeI, sizeJ);
        Span<double> pairs = stackalloc double[MostLanes];
        T.Store(PairOf(sizeI, sizeJ), ref pairs[0], 0);
        for (int lane = 0; lane < T.Count; lane++)
            pairs[lane] = _pairs[(int)pairs[lane]].Cutoff;
        return T.Load(ref pairs[0], 0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Energy<T>(T u, T sizeI, T sizeJ, out T f0, out T f1) where T : unmanaged, ILanes<T>
    {
        T x = Find(u, sizeI, sizeJ, out Expansion<T> about);
        about.Evaluate(x, out f0, out f1, out _, out _, out _);
        if (_byDistance)
            f1 = T.Splat(0.5) * f1 / x;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Derivatives<T>(T u, T sizeI, T sizeJ, out T f1, out T f2, out T f3, out T f4) where T : unmanaged, ILanes<T>
    {
        T x = Find(u, sizeI, sizeJ, out Expansion<T> about);
        about.Evaluate(x, out _, out f1, out f2, out f3, out f4);
        if (_byDistance)
            SoftSpheres.ToSquares(T.Splat(1), T.Splat(1) / x, f1, f2, f3, f4, out f1, out f2, out f3, out f4);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"tables of {Types} {(Types == 1 ? "type" : "types")}, {_rows.Length / RowStride - 1} rows of the {(_byDistance ? "distance" : "squared distance")}");

    // The variable, and the expansion about the row nearest to it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Find<T>(T u, T sizeI, T sizeJ, out Expansion<T> about) where T : unmanaged, ILanes<T>
    {
        T x = _byDistance ? T.Sqrt(u) : u;
        Span<double> places = stackalloc double[MostLanes], pairs = stackalloc double[MostLanes];
        Span<int> rows = stackalloc int[MostLanes];
        T.Store(x, ref places[0], 0);
        T.Store(PairOf(sizeI, sizeJ), ref pairs[0], 0);
        for (int lane = 0; lane < T.Count; lane++)
            rows[lane] = RowStride * _pairs[(int)pairs[lane]].Nearest(places[lane]);
        about = new Expansion<T>(ref MemoryMarshal.GetArrayDataReference(_rows), ref rows[0]);
        return x;
    }

    // Where a pair stands in the square of sizes: a place without a particle has size 0, a candidate that is none NaN, which (int) makes 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T PairOf<T>(T sizeI, T sizeJ) where T : unmanaged, ILanes<T> => T.MultiplyAdd(T.Splat(Types + 1), sizeI, sizeJ);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Refuse<T>(T sizeI, T sizeJ) where T : unmanaged, ILanes<T>
    {
        Span<double> sizes = stackalloc double[2 * MostLanes];
        T.Store(sizeI, ref sizes[0], 0);
        T.Store(sizeJ, ref sizes[MostLanes], 0);
        foreach (double size in sizes)
            if (Math.Abs(size - Math.Round(size)) > 0 || size > Types)
                throw new ArgumentException($"a particle has the size {size}; tables are read by type, the size is type + 1, from 1 to {Types} (TabulatedLaw.Complete sets it)");
    }

    private static int CountTypes(IReadOnlyList<TabulatedPair> tables)
    {
        var seen = new HashSet<(int, int)>();
        int last = -1;
        foreach (TabulatedPair table in tables)
        {
            (int low, int high) = (Math.Min(table.TypeI, table.TypeJ), Math.Max(table.TypeI, table.TypeJ));
            if (low < 0)
                throw new ArgumentException($"a table is for the type {low}; types count from 0", nameof(tables));
            if (!seen.Add((low, high)))
                throw new ArgumentException($"there are two tables for the types {low} and {high}", nameof(tables));
            last = Math.Max(last, high);
        }
        // Each pair at most once, so that none is missing where their number is right.
        long needed = (last + 1L) * (last + 2L) / 2;
        return needed > 0 && needed == tables.Count
            ? last + 1
            : throw new ArgumentException($"there are {tables.Count} tables and the largest type is {last}; expected a table for each pair of types, {needed}", nameof(tables));
    }

    private static void Check(TabulatedPair table, double step)
    {
        string name = $"the table of types {table.TypeI} and {table.TypeJ}";
        ReadOnlySpan<double> f = table.Rows.Span;
        if (!(table.First > 0) || !(table.Cutoff > table.First) || !double.IsFinite(table.Cutoff))
            throw new ArgumentException($"{name} goes from {table.First} to {table.Cutoff}; expected a positive distance and a larger one");
        if (f.Length < SmallestTable * Columns || f.Length % Columns != 0)
            throw new ArgumentException($"{name} has {f.Length} numbers; expected {SmallestTable} rows or more of {Columns}");
        for (int k = 0; k < f.Length; k++)
            if (!double.IsFinite(f[k]))
                throw new ArgumentException($"column {k % Columns} in row {k / Columns} of {name} is {f[k]}; expected a finite number");
        // The step of a column is about the mean of the next column at its ends times the step. It need not be where the derivative changes its sign or
        // has a kink; a column that is wrong (a force for a slope, the other variable) misses it nearly everywhere.
        int intervals = f.Length / Columns - 1;
        for (int n = 0; n + 1 < Columns; n++)
        {
            int misses = 0;
            for (int k = 0; k < intervals; k++)
            {
                double here = f[k * Columns + n], there = f[(k + 1) * Columns + n], slope = f[k * Columns + n + 1], nextSlope = f[(k + 1) * Columns + n + 1];
                double allowed = 0.1 * step * Math.Max(Math.Abs(slope), Math.Abs(nextSlope)) + 1e-9 * Math.Max(Math.Abs(here), Math.Abs(there));
                if (Math.Abs(there - here - 0.5 * step * (slope + nextSlope)) > allowed)
                    misses++;
            }
            if (2 * misses > intervals)
                throw new ArgumentException($"column {n + 1} of {name} is not the derivative of column {n}, or its rows are too far apart: {misses} of {intervals} steps disagree");
        }
    }

    // Each row's expansion: f_n h^n/n! up to the fourth derivative, then what the polynomial of the fourth derivative says.
    private static void Expand(ReadOnlySpan<double> table, in PairOfTypes pair, Span<double> to)
    {
        int rows = table.Length / Columns;
        Span<double> fourth = stackalloc double[SmallestTable];
        for (int k = 0; k < rows; k++)
        {
            Span<double> row = to.Slice(k * RowStride, RowStride);
            double scale = 1;
            for (int n = 0; n < Columns; n++)
            {
                row[n] = scale * table[k * Columns + n];
                scale *= pair.Step / (n + 1);
            }
            int begin = Math.Clamp(k - SmallestTable / 2, 0, rows - SmallestTable);
            for (int m = 0; m < SmallestTable; m++)
                fourth[m] = table[(begin + m) * Columns + 4];
            Monomials(fourth, begin - k);
            // d^4/dx^4 of c_(4+m) t^(4+m) is (4+m)!/m! c_(4+m) t^m/h^4.
            double quartic = pair.Step * pair.Step * pair.Step * pair.Step / 24;
            for (int m = 1; m < SmallestTable; m++)
            {
                quartic *= m / (4.0 + m);
                row[4 + m] = quartic * fourth[m];
            }
            row[Degree + 1] = pair.Place(k);
            row[Degree + 2] = 1 / pair.Step;
        }
    }

    // From the values of a polynomial at first, first + 1, ... to its coefficients, by Newton's divided differences multiplied out.
    private static void Monomials(Span<double> values, int first)
    {
        int count = values.Length;
        for (int order = 1; order < count; order++)
            for (int m = count - 1; m >= order; m--)
                values[m] = (values[m] - values[m - 1]) / order;
        for (int order = count - 2; order >= 0; order--)
            for (int m = order; m < count - 1; m++)
                values[m] -= (first + order) * values[m + 1];
    }

    /// <summary>Where a pair of types has its rows.</summary>
    private readonly struct PairOfTypes
    {
        private readonly double _first, _inverseStep;
        private readonly int _firstRow, _lastStep;

        public PairOfTypes(TabulatedPair table, bool byDistance, int firstRow)
        {
            Cutoff = table.Cutoff;
            double last = byDistance ? table.Cutoff : table.Cutoff * table.Cutoff;
            _first = byDistance ? table.First : table.First * table.First;
            (_firstRow, _lastStep) = (firstRow, table.Rows.Length / Columns - 1);
            Step = (last - _first) / _lastStep;
            _inverseStep = 1 / Step;
        }

        public double Cutoff { get; }

        public double Step { get; }

        public double Place(int step) => _first + step * Step;

        /// <summary>The row nearest to a value of the variable; beyond the cutoff, where it does not count, the last one.</summary>
        public int Nearest(double x) =>
            x >= _first ? _firstRow + (int)Math.Min((x - _first) * _inverseStep + 0.5, _lastStep) : NoRow;
    }

    /// <summary>Lanes of rows of the table.</summary>
    private readonly struct Expansion<T> where T : unmanaged, ILanes<T>
    {
        private readonly T _c0, _c1, _c2, _c3, _c4, _c5, _c6, _c7, _c8, _place, _inverseStep;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Expansion(ref double table, ref int rows)
        {
            T.LoadRows(ref table, ref rows, out _c0, out _c1, out _c2, out _c3);
            T.LoadRows(ref Unsafe.Add(ref table, 4), ref rows, out _c4, out _c5, out _c6, out _c7);
            T.LoadRows(ref Unsafe.Add(ref table, 8), ref rows, out _c8, out _place, out _inverseStep, out _);
        }

        // Horner's scheme for the polynomial and, nested in it, for its derivatives divided by n!.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Evaluate(T x, out T f0, out T f1, out T f2, out T f3, out T f4)
        {
            T t = (x - _place) * _inverseStep;
            f0 = _c8;
            f1 = f2 = f3 = f4 = T.Splat(0);
            Next(t, _c7, ref f0, ref f1, ref f2, ref f3, ref f4);
            Next(t, _c6, ref f0, ref f1, ref f2, ref f3, ref f4);
            Next(t, _c5, ref f0, ref f1, ref f2, ref f3, ref f4);
            Next(t, _c4, ref f0, ref f1, ref f2, ref f3, ref f4);
            Next(t, _c3, ref f0, ref f1, ref f2, ref f3, ref f4);
            Next(t, _c2, ref f0, ref f1, ref f2, ref f3, ref f4);
            Next(t, _c1, ref f0, ref f1, ref f2, ref f3, ref f4);
            Next(t, _c0, ref f0, ref f1, ref f2, ref f3, ref f4);
            T scale = _inverseStep;
            f1 = scale * f1;
            scale *= _inverseStep;
            f2 = T.Splat(2) * scale * f2;
            scale *= _inverseStep;
            f3 = T.Splat(6) * scale * f3;
            scale *= _inverseStep;
            f4 = T.Splat(24) * scale * f4;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Next(T t, T coefficient, ref T f0, ref T f1, ref T f2, ref T f3, ref T f4)
        {
            f4 = T.MultiplyAdd(f4, t, f3);
            f3 = T.MultiplyAdd(f3, t, f2);
            f2 = T.MultiplyAdd(f2, t, f1);
            f1 = T.MultiplyAdd(f1, t, f0);
            f0 = T.MultiplyAdd(f0, t, coefficient);
        }
    }
}
