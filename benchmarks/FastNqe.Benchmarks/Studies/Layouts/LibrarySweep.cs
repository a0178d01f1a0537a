using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>What the library's own sweep computes, for layouts to be compared with.</summary>
internal sealed class LibrarySweep<TContraction>
    where TContraction : struct, IContraction
{
    private const double Tolerance = 1e-11;

    private readonly double[][] _vectors = new double[TContraction.Vectors][];
    private readonly double[] _scalars = new double[4];
    private readonly double _norm;

    public LibrarySweep(Configuration configuration, PairPotential potential, ReadOnlySpan<double> direction)
    {
        var pairs = new PairTable(configuration, potential);
        RowField z = pairs.Order.NewField(), v0 = pairs.Order.NewField(), v1 = pairs.Order.NewField();
        pairs.Order.Scatter(direction, z);
        pairs.Sweep<TContraction>(new SweepFields(z, V0: v0, V1: v1), _scalars);
        for (int k = 0; k < TContraction.Vectors; k++)
            pairs.Order.Gather(k == 0 ? v0 : v1, _vectors[k] = new double[direction.Length]);
        _norm = Norm(direction);
    }

    /// <summary>Sweeps in a layout and compares.</summary>
    /// <exception cref="InvalidOperationException">Something differs by more than 1e-11 of its largest component, or of the product of norms that bounds a scalar.</exception>
    public void Check(string name, Layout<TContraction> layout)
    {
        layout.Run();
        double[] vector = new double[layout.VectorLength];
        for (int k = 0; k < TContraction.Vectors; k++)
        {
            layout.Vector(k, vector);
            double largest = 0, deviation = 0;
            for (int c = 0; c < vector.Length; c++)
                (largest, deviation) = (Math.Max(largest, Math.Abs(_vectors[k][c])), Math.Max(deviation, Math.Abs(vector[c] - _vectors[k][c])));
            Require(name, $"vector {k}", deviation, largest);
            Require(name, $"scalar {k}", Math.Abs(layout.Scalars[k] - _scalars[k]), _norm * Norm(_vectors[k]));
        }
    }

    private static void Require(string name, string what, double deviation, double scale)
    {
        if (!(deviation <= Tolerance * scale))
            throw new InvalidOperationException($"{name}: {what} differs from the library's by {deviation:E2}, more than {Tolerance:E0} of {scale:E3}");
    }

    private static double Norm(ReadOnlySpan<double> field)
    {
        double sum = 0;
        foreach (double value in field)
            sum += value * value;
        return Math.Sqrt(sum);
    }
}
