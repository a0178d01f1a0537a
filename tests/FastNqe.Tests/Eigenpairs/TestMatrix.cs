namespace FastNqe.Tests;

/// <summary>A sparse symmetric matrix as an operator, with builders whose spectra are known or can be found densely.</summary>
internal sealed class TestMatrix : ISparseSymmetric
{
    private readonly SortedDictionary<int, double>[] _rows;

    public TestMatrix(int size, Deflation? nullSpace = null)
    {
        _rows = [.. Enumerable.Range(0, size).Select(_ => new SortedDictionary<int, double>())];
        NullSpace = nullSpace ?? Deflation.None;
    }

    public int Size => _rows.Length;

    public Deflation NullSpace { get; }

    public double this[int i, int j] => _rows[i].GetValueOrDefault(j);

    public void Add(int i, int j, double value)
    {
        _rows[i][j] = _rows[i].GetValueOrDefault(j) + value;
        if (i != j)
            _rows[j][i] = _rows[j].GetValueOrDefault(i) + value;
    }

    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < Size; i++)
        {
            double sum = 0;
            foreach ((int j, double value) in _rows[i])
                sum += value * x[j];
            y[i] = sum;
        }
    }

    public SparseTriangle LowerTriangle()
    {
        List<int> starts = [0], columns = [];
        List<double> values = [];
        for (int i = 0; i < Size; i++)
        {
            foreach ((int j, double value) in _rows[i].Where(entry => entry.Key <= i))
            {
                columns.Add(j);
                values.Add(value);
            }
            starts.Add(columns.Count);
        }
        return new([.. starts], [.. columns], [.. values]);
    }

    public double[,] Dense()
    {
        double[,] dense = new double[Size, Size];
        for (int i = 0; i < Size; i++)
            foreach ((int j, double value) in _rows[i])
                dense[i, j] = value;
        return dense;
    }

    /// <summary>The 1-D Laplacian with fixed ends: eigenvalues 4 sin²(k pi/(2(n + 1))), k = 1 to n.</summary>
    public static TestMatrix Laplacian(int size)
    {
        TestMatrix matrix = new(size);
        for (int i = 0; i < size; i++)
        {
            matrix.Add(i, i, 2);
            if (i > 0)
                matrix.Add(i, i - 1, -1);
        }
        return matrix;
    }

    /// <summary>The 1-D Laplacian on a ring: constant vector in the null space, all other eigenvalues 4 sin²(k pi/n) twofold (but one).</summary>
    public static TestMatrix Ring(int size)
    {
        TestMatrix matrix = new(size, Deflation.Translations(1));
        for (int i = 0; i < size; i++)
        {
            matrix.Add(i, i, 2);
            matrix.Add(i, (i + 1) % size, -1);
        }
        return matrix;
    }

    /// <summary>Given eigenvalues on the diagonal: a random start vector sees them as it would in any other basis.</summary>
    public static TestMatrix Diagonal(params IEnumerable<double> eigenvalues)
    {
        double[] values = [.. eigenvalues];
        TestMatrix matrix = new(values.Length);
        for (int i = 0; i < values.Length; i++)
            matrix.Add(i, i, values[i]);
        return matrix;
    }

    /// <summary>
    /// A network of springs of random strength between random sites with d components each: positive semidefinite, and uniform
    /// translations cost nothing. Soft springs to a few sites make localised low modes.
    /// </summary>
    public static TestMatrix Springs(int sites, int dimension, int seed)
    {
        Random random = new(seed);
        TestMatrix matrix = new(sites * dimension, Deflation.Translations(dimension));
        for (int i = 0; i < sites; i++)
        {
            for (int spring = 0; spring < 3 * dimension; spring++)
            {
                int j = spring == 0 ? (i + 1) % sites : random.Next(sites);
                if (j == i)
                    continue;
                double[] direction = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble() - 0.5)];
                double strength = Math.Pow(10, 2 * random.NextDouble()) * (i % 97 == 0 || j % 97 == 0 ? 0.01 : 1);
                for (int a = 0; a < dimension; a++)
                {
                    for (int b = 0; b < dimension; b++)
                    {
                        double k = strength * direction[a] * direction[b];
                        matrix.AddHalf(i * dimension + a, i * dimension + b, k);
                        matrix.AddHalf(j * dimension + a, j * dimension + b, k);
                        matrix.AddHalf(i * dimension + a, j * dimension + b, -k);
                        matrix.AddHalf(j * dimension + b, i * dimension + a, -k);
                    }
                }
            }
        }
        return matrix;
    }

    private void AddHalf(int i, int j, double value) => _rows[i][j] = _rows[i].GetValueOrDefault(j) + value;
}
