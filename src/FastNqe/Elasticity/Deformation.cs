namespace FastNqe;

/// <summary>
/// A uniform deformation of box and particles, x → exp(gamma E)·x, by its displacement gradient E (d by d) and gamma the strain.
/// </summary>
/// <remarks>
/// The exponential keeps the volume for every E without trace. For simple shear E² = 0, so exp(gamma E) = 1 + gamma E is the plain
/// x_a → x_a + gamma x_b.
/// </remarks>
public readonly struct Deformation : IEquatable<Deformation>
{
    private readonly double[]? _gradient;

    private Deformation(string name, int dimension, double[] gradient) => (Name, Dimension, _gradient) = (name, dimension, gradient);

    /// <summary>What it is called in tables, such as "simple xy".</summary>
    public string Name { get; }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>E_ab.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An axis is not from 0 to d - 1.</exception>
    public double this[int a, int b]
    {
        get
        {
            CheckAxis(Dimension, a);
            CheckAxis(Dimension, b);
            return _gradient![a * Dimension + b];
        }
    }

    /// <summary>Simple shear x_a → x_a + gamma x_b.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="a">The axis that is displaced.</param>
    /// <param name="b">The axis along which the displacement grows.</param>
    /// <exception cref="ArgumentException">The axes are equal or not among 0..d-1, or d is not 2, 3 or 4.</exception>
    public static Deformation SimpleShear(int dimension, int a, int b)
    {
        double[] gradient = Zero(dimension, a, b);
        gradient[a * dimension + b] = 1;
        return new Deformation($"simple {Plane(a, b)}", dimension, gradient);
    }

    /// <summary>Pure shear, E = diag(+½ at a, -½ at b): the same shear as <see cref="SimpleShear"/>, turned by 45°, without rotation.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="a">The axis that is stretched.</param>
    /// <param name="b">The axis that is compressed.</param>
    /// <exception cref="ArgumentException">The axes are equal or not among 0..d-1, or d is not 2, 3 or 4.</exception>
    public static Deformation PureShear(int dimension, int a, int b)
    {
        double[] gradient = Zero(dimension, a, b);
        gradient[a * dimension + a] = 0.5;
        gradient[b * dimension + b] = -0.5;
        return new Deformation($"pure {Plane(a, b)}", dimension, gradient);
    }

    /// <summary>Stretching along one axis, E_aa = 1.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="a">The axis.</param>
    /// <exception cref="ArgumentException">The axis is not among 0..d-1, or d is not 2, 3 or 4.</exception>
    public static Deformation Stretch(int dimension, int a)
    {
        double[] gradient = Zero(dimension, a, a == 0 ? 1 : 0);
        gradient[a * dimension + a] = 1;
        return new Deformation($"stretch {"xyzw"[a]}", dimension, gradient);
    }

    /// <summary>Uniform dilation, E = 1.</summary>
    /// <param name="dimension">d.</param>
    /// <exception cref="ArgumentException">d is not 2, 3 or 4.</exception>
    public static Deformation Dilation(int dimension)
    {
        double[] gradient = Zero(dimension, 0, 1);
        for (int axis = 0; axis < dimension; axis++)
            gradient[axis * dimension + axis] = 1;
        return new Deformation("dilation", dimension, gradient);
    }

    /// <summary>The d(d-1)/2 simple shears with a &lt; b.</summary>
    public static IReadOnlyList<Deformation> SimpleShears(int dimension) => InEveryPlane(dimension, SimpleShear);

    /// <summary>The d(d-1)/2 pure shears with a &lt; b. They span d - 1 dimensions: in 3D xy + yz = xz.</summary>
    public static IReadOnlyList<Deformation> PureShears(int dimension) => InEveryPlane(dimension, PureShear);

    /// <inheritdoc/>
    public bool Equals(Deformation other) =>
        Dimension == other.Dimension && (_gradient ?? []).AsSpan().SequenceEqual(other._gradient ?? []);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Deformation other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (double element in _gradient ?? [])
            hash.Add(element);
        return hash.ToHashCode();
    }

    /// <summary>Whether two deformations have the same gradient.</summary>
    public static bool operator ==(Deformation left, Deformation right) => left.Equals(right);

    /// <summary>Whether two deformations have different gradients.</summary>
    public static bool operator !=(Deformation left, Deformation right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => Name ?? "none";

    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    internal static void CheckAxis(int dimension, int axis)
    {
        if (axis < 0 || axis >= dimension)
            throw new ArgumentOutOfRangeException(nameof(axis), axis, $"{dimension} dimensions have the axes 0 to {dimension - 1}");
    }

    /// <summary>E², whose first derivative of U is what the exponential's second order adds to the Born term.</summary>
    internal Deformation Squared()
    {
        double[] square = new double[Dimension * Dimension];
        for (int a = 0; a < Dimension; a++)
            for (int b = 0; b < Dimension; b++)
                for (int c = 0; c < Dimension; c++)
                    square[a * Dimension + b] += this[a, c] * this[c, b];
        return new Deformation($"{Name} squared", Dimension, square);
    }

    private static Deformation[] InEveryPlane(int dimension, Func<int, int, int, Deformation> shear)
    {
        var all = new List<Deformation>();
        for (int a = 0; a < dimension; a++)
            for (int b = a + 1; b < dimension; b++)
                all.Add(shear(dimension, a, b));
        return [.. all];
    }

    private static double[] Zero(int dimension, int a, int b)
    {
        if (dimension is < 2 or > 4)
            throw new ArgumentException($"dimension is {dimension}; expected 2, 3 or 4", nameof(dimension));
        if (a == b || a < 0 || b < 0 || a >= dimension || b >= dimension)
            throw new ArgumentException($"the axes are {a} and {b}; expected two different axes from 0 to {dimension - 1}");
        return new double[dimension * dimension];
    }

    private static string Plane(int a, int b) => $"{"xyzw"[a]}{"xyzw"[b]}";
}
