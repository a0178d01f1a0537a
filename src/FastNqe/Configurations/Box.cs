namespace FastNqe;

/// <summary>
/// The periodic cell: orthogonal in any dimension d = 2, 3, 4, tilted (LAMMPS convention) in d = 2 and 3.
/// </summary>
/// <remarks>
/// Lattice vectors are the rows of a lower-triangular matrix, as LAMMPS writes them:
/// a = (Lx, 0, 0), b = (xy, Ly, 0), c = (xz, yz, Lz). Lengths are in units of the smallest diameter.
/// The origin carries no physics and is not kept.
/// </remarks>
public readonly struct Box : IEquatable<Box>
{
    private readonly double _x, _y, _z, _w;

    private Box(int dimension, ReadOnlySpan<double> lengths, double xy, double xz, double yz)
    {
        Dimension = dimension;
        _x = lengths[0];
        _y = lengths[1];
        _z = dimension > 2 ? lengths[2] : 0;
        _w = dimension > 3 ? lengths[3] : 0;
        (XY, XZ, YZ) = (xy, xz, yz);
    }

    /// <summary>The spatial dimension d: 2, 3 or 4.</summary>
    public int Dimension { get; }

    /// <summary>The tilt of the second lattice vector along x [length].</summary>
    public double XY { get; }

    /// <summary>The tilt of the third lattice vector along x [length]; zero unless d = 3.</summary>
    public double XZ { get; }

    /// <summary>The tilt of the third lattice vector along y [length]; zero unless d = 3.</summary>
    public double YZ { get; }

    /// <summary>Whether any tilt is different from zero.</summary>
    public bool IsTilted => XY != 0 || XZ != 0 || YZ != 0;

    /// <summary>The volume Lx·Ly·... [length^d].</summary>
    public double Volume => Dimension switch { 2 => _x * _y, 3 => _x * _y * _z, _ => _x * _y * _z * _w };

    /// <summary>A cubic box.</summary>
    /// <param name="dimension">d = 2, 3 or 4.</param>
    /// <param name="length">The side L [length], positive.</param>
    /// <exception cref="ArgumentException">The dimension or the length is out of range.</exception>
    public static Box Cubic(int dimension, double length)
    {
        Span<double> lengths = stackalloc double[4];
        lengths.Fill(length);
        return Orthogonal(lengths[..CheckDimension(dimension)]);
    }

    /// <summary>A box with right angles and one side length per axis.</summary>
    /// <param name="lengths">2, 3 or 4 positive side lengths.</param>
    /// <exception cref="ArgumentException">A length is not positive and finite, or there are not 2, 3 or 4 of them.</exception>
    public static Box Orthogonal(ReadOnlySpan<double> lengths) => Tilted(lengths, 0, 0, 0);

    /// <summary>A box with tilts in the LAMMPS convention.</summary>
    /// <param name="lengths">The diagonal of the cell matrix: 2, 3 or 4 positive lengths.</param>
    /// <param name="xy">Tilt of b along x.</param>
    /// <param name="xz">Tilt of c along x (d = 3 only).</param>
    /// <param name="yz">Tilt of c along y (d = 3 only).</param>
    /// <exception cref="ArgumentException">A length is not positive, a tilt is not finite, or a tilt is given in a dimension that has none.</exception>
    public static Box Tilted(ReadOnlySpan<double> lengths, double xy, double xz, double yz)
    {
        int dimension = CheckDimension(lengths.Length);
        for (int axis = 0; axis < dimension; axis++)
            if (!(lengths[axis] > 0) || !double.IsFinite(lengths[axis]))
                throw new ArgumentException($"box length {axis} is {lengths[axis]}; expected a positive finite number", nameof(lengths));
        if (!double.IsFinite(xy) || !double.IsFinite(xz) || !double.IsFinite(yz))
            throw new ArgumentException($"box tilts are xy = {xy}, xz = {xz}, yz = {yz}; expected finite numbers");
        if ((dimension == 2 && (xz != 0 || yz != 0)) || (dimension == 4 && (xy != 0 || xz != 0 || yz != 0)))
            throw new ArgumentException($"box tilts are xy = {xy}, xz = {xz}, yz = {yz}; in {dimension} dimensions {(dimension == 2 ? "only xy can" : "none can")} differ from zero");
        return new Box(dimension, lengths, xy, xz, yz);
    }

    /// <summary>The diagonal element of the cell matrix along an axis [length].</summary>
    /// <param name="axis">From 0 to d - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public double Length(int axis) => axis >= 0 && axis < Dimension
        ? Side(axis)
        : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"a box of {Dimension} dimensions has the axes 0 to {Dimension - 1}");

    /// <summary>The same without a look at the axis; zero from d on.</summary>
    internal double Side(int axis) => axis switch { 0 => _x, 1 => _y, 2 => _z, _ => _w };

    /// <summary>
    /// The smallest distance between opposite faces [length]. The minimum image is unambiguous for every distance below half of it.
    /// </summary>
    public double SmallestHeight
    {
        get
        {
            // The height over a face is the volume over the face's area; rows of the inverse matrix are its reciprocals.
            double height = Dimension == 4 ? Math.Min(_z, _w) : Dimension == 3 ? _z : double.PositiveInfinity;
            if (Dimension == 2)
                return Math.Min(_y, _x / Math.Sqrt(1 + XY / _y * (XY / _y)));
            if (Dimension == 4)
                return Math.Min(height, Math.Min(_x, _y));
            double inverseB = YZ / (_y * _z);
            double inverseA1 = XY / (_x * _y), inverseA2 = (XY * YZ - XZ * _y) / (_x * _y * _z);
            double heightB = 1 / Math.Sqrt(1 / (_y * _y) + inverseB * inverseB);
            double heightA = 1 / Math.Sqrt(1 / (_x * _x) + inverseA1 * inverseA1 + inverseA2 * inverseA2);
            return Math.Min(height, Math.Min(heightA, heightB));
        }
    }

    /// <summary>Replaces a separation by its nearest periodic image, in place.</summary>
    /// <param name="separation">d numbers. Exact for every separation whose nearest image is shorter than half of <see cref="SmallestHeight"/>.</param>
    public void MinimumImage(Span<double> separation)
    {
        for (int axis = Dimension - 1; axis >= 0; axis--)
            Shift(separation, axis, -Math.Round(separation[axis] / Side(axis)));
    }

    /// <summary>Moves a point into the cell, in place.</summary>
    /// <param name="point">d numbers.</param>
    public void Wrap(Span<double> point)
    {
        for (int axis = Dimension - 1; axis >= 0; axis--)
            Shift(point, axis, -Math.Floor(point[axis] / Side(axis)));
    }

    /// <summary>The same cell after simple shear x_a → x_a + strain·x_b of its lattice vectors.</summary>
    /// <param name="a">The axis that is displaced; smaller than <paramref name="b"/>.</param>
    /// <param name="b">The axis along which the displacement grows.</param>
    /// <param name="strain">The shear strain gamma.</param>
    /// <exception cref="ArgumentException">The plane is not one of xy, xz, yz of a 2D or 3D box.</exception>
    public Box Sheared(int a, int b, double strain)
    {
        if (a < 0 || a >= b || b >= Dimension || Dimension == 4)
            throw new ArgumentException($"shear of axis {a} along axis {b} in {Dimension} dimensions; expected axes a < b < d and d = 2 or 3");
        Span<double> lengths = stackalloc double[Dimension];
        for (int axis = 0; axis < Dimension; axis++)
            lengths[axis] = Length(axis);
        return (a, b) switch
        {
            (0, 1) => Tilted(lengths, XY + strain * _y, XZ + strain * YZ, YZ),
            (0, 2) => Tilted(lengths, XY, XZ + strain * _z, YZ),
            _ => Tilted(lengths, XY, XZ, YZ + strain * _z),
        };
    }

    /// <inheritdoc/>
    public bool Equals(Box other) =>
        Dimension == other.Dimension && _x == other._x && _y == other._y && _z == other._z && _w == other._w
        && XY == other.XY && XZ == other.XZ && YZ == other.YZ;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Box other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dimension, _x, _y, _z, _w, XY, XZ, YZ);

    /// <summary>The side lengths, and the tilts if there are any.</summary>
    public override string ToString()
    {
        FormattableString sides = Dimension switch { 2 => $"{_x} x {_y}", 3 => $"{_x} x {_y} x {_z}", _ => $"{_x} x {_y} x {_z} x {_w}" };
        FormattableString tilts = $", tilted by xy = {XY}, xz = {XZ}, yz = {YZ}";
        return FormattableString.Invariant(sides) + (IsTilted ? FormattableString.Invariant(tilts) : "");
    }

    /// <summary>Whether two boxes are the same to the bit.</summary>
    public static bool operator ==(Box left, Box right) => left.Equals(right);

    /// <summary>Whether two boxes differ in any bit.</summary>
    public static bool operator !=(Box left, Box right) => !left.Equals(right);

    // Multiplied and added with one rounding: a point a thousand cells away keeps all the digits it was given with.
    private void Shift(Span<double> point, int axis, double count)
    {
        point[axis] = Math.FusedMultiplyAdd(count, Side(axis), point[axis]);
        if (axis == 1)
            point[0] = Math.FusedMultiplyAdd(count, XY, point[0]);
        if (axis == 2)
        {
            point[0] = Math.FusedMultiplyAdd(count, XZ, point[0]);
            point[1] = Math.FusedMultiplyAdd(count, YZ, point[1]);
        }
    }

    private static int CheckDimension(int dimension) =>
        dimension is 2 or 3 or 4 ? dimension : throw new ArgumentException($"dimension is {dimension}; expected 2, 3 or 4", nameof(dimension));
}
