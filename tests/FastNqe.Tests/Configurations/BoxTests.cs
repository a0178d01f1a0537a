namespace FastNqe.Tests;

public sealed class BoxTests
{
    private static readonly Box[] Boxes =
    [
        Box.Cubic(2, 5), Box.Cubic(3, 5), Box.Cubic(4, 5),
        Box.Orthogonal([4, 5]), Box.Orthogonal([6, 4, 5]), Box.Orthogonal([6, 4, 5, 7]),
        Box.Tilted([5, 4], 1.9, 0, 0), Box.Tilted([5, 4, 6], -2.2, 1.3, 0.7), Box.Tilted([5, 4, 6], 2.5, -2.5, -2),
    ];

    // Exact for the pairs that can interact: those whose nearest image is shorter than half of the smallest height.
    [TestCaseSource(nameof(Boxes))]
    public void The_minimum_image_is_the_shortest_of_all_images(Box box)
    {
        Random random = new(2);
        int d = box.Dimension;
        int compared = 0;
        List<double[]> images = Images(box, 3);
        for (int trial = 0; trial < 300; trial++)
        {
            double[] separation = [.. Enumerable.Range(0, d).Select(_ => 12 * (random.NextDouble() - 0.5))];
            double shortest = images.Min(shift => Length(shift.Zip(separation, (s, x) => s + x)));
            box.MinimumImage(separation);
            if (shortest >= box.SmallestHeight / 2)
                continue;
            Assert.That(Length(separation), Is.EqualTo(shortest).Within(1e-13));
            compared++;
        }
        Assert.That(compared, Is.GreaterThan(15));
    }

    [TestCaseSource(nameof(Boxes))]
    public void An_axis_that_a_box_does_not_have_is_refused(Box box)
    {
        foreach (int axis in new[] { -1, box.Dimension, 7 })
            Assert.That(() => box.Length(axis), Throws.InstanceOf<ArgumentException>().With.Message.Contains($"axes 0 to {box.Dimension - 1}"));
    }

    [TestCaseSource(nameof(Boxes))]
    public void The_smallest_height_is_the_smallest_volume_over_the_area_of_a_face(Box box)
    {
        // Height over the face without vector k: one over the length of column k of the inverse of the matrix of rows.
        int d = box.Dimension;
        double[][] rows = Rows(box);
        double[] heights = [.. Enumerable.Range(0, d).Select(k => 1 / Length(InverseColumn(rows, k)))];

        Assert.That(box.SmallestHeight, Is.EqualTo(heights.Min()).Within(1e-14));
    }

    [TestCaseSource(nameof(Boxes))]
    public void Wrapping_moves_a_point_by_lattice_vectors_into_the_ranges_of_the_sides(Box box)
    {
        Random random = new(4);
        int d = box.Dimension;
        for (int trial = 0; trial < 100; trial++)
        {
            double[] point = [.. Enumerable.Range(0, d).Select(_ => 30 * (random.NextDouble() - 0.5))];
            double[] wrapped = [.. point];
            box.Wrap(wrapped);
            for (int axis = 0; axis < d; axis++)
                Assert.That(wrapped[axis], Is.InRange(-1e-14, box.Length(axis) * (1 + 1e-15)));
            double[] difference = [.. wrapped.Zip(point, (w, p) => w - p)];
            box.MinimumImage(difference);
            Assert.That(difference, Is.All.Zero.Within(1e-13));
        }
    }

    [Test]
    public void A_point_many_cells_away_keeps_the_digits_it_was_given_with()
    {
        Random random = new(6);
        Box box = Box.Orthogonal([5.3, 4.9, 6.1]);
        for (int trial = 0; trial < 100; trial++)
        {
            double[] point = [.. Enumerable.Range(0, 3).Select(_ => 1e6 * (random.NextDouble() - 0.5))];
            // The remainder of IEEE 754 is exact.
            double[] exact = [.. point.Select((x, axis) => Math.IEEERemainder(x, box.Length(axis)))];
            double[] wrapped = [.. point];
            box.MinimumImage(point);
            box.Wrap(wrapped);
            Assert.That(point, Is.EqualTo(exact));
            for (int axis = 0; axis < 3; axis++)
                Assert.That(wrapped[axis], Is.EqualTo(exact[axis] < 0 ? exact[axis] + box.Length(axis) : exact[axis]));
        }
    }

    [Test]
    public void Shear_displaces_the_lattice_vectors_by_the_strain_times_their_other_component()
    {
        Box box = Box.Tilted([5, 4, 6], 0.5, -0.25, 1);

        Assert.That(box.Sheared(0, 1, 0.1), Is.EqualTo(Box.Tilted([5, 4, 6], 0.5 + 0.4, -0.25 + 0.1, 1)));
        Assert.That(box.Sheared(0, 2, 0.5), Is.EqualTo(Box.Tilted([5, 4, 6], 0.5, -0.25 + 3, 1)));
        Assert.That(box.Sheared(1, 2, 0.5), Is.EqualTo(Box.Tilted([5, 4, 6], 0.5, -0.25, 1 + 3)));
        Assert.That(box.Sheared(0, 1, 0.1).Volume, Is.EqualTo(box.Volume));
        Assert.Throws<ArgumentException>(() => box.Sheared(1, 0, 0.1));
        Assert.Throws<ArgumentException>(() => Box.Cubic(2, 5).Sheared(0, 2, 0.1));
        Assert.Throws<ArgumentException>(() => Box.Cubic(4, 5).Sheared(0, 1, 0.1));
    }

    [TestCase(1)]
    [TestCase(5)]
    public void Other_dimensions_are_refused(int dimension)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Box.Cubic(dimension, 5));

        Assert.That(error.Message, Does.Contain($"dimension is {dimension}; expected 2, 3 or 4"));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Lengths_that_are_not_positive_are_refused(double length)
    {
        Assert.Throws<ArgumentException>(() => Box.Cubic(3, length));
        Assert.Throws<ArgumentException>(() => Box.Orthogonal([1, length]));
    }

    [Test]
    public void Tilts_that_the_dimension_does_not_have_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Box.Tilted([1, 1], 0, 0.1, 0));
        Assert.Throws<ArgumentException>(() => Box.Tilted([1, 1, 1, 1], 0.1, 0, 0));
        Assert.Throws<ArgumentException>(() => Box.Tilted([1, 1, 1], double.NaN, 0, 0));
    }

    private static double Length(IEnumerable<double> vector) => Math.Sqrt(vector.Sum(x => x * x));

    private static double[][] Rows(Box box)
    {
        double[,] tilt = { { 0, 0, 0 }, { box.XY, 0, 0 }, { box.XZ, box.YZ, 0 } };
        return [.. Enumerable.Range(0, box.Dimension).Select(row =>
            Enumerable.Range(0, box.Dimension).Select(axis => row == axis ? box.Length(row) : axis < row && row < 3 ? tilt[row, axis] : 0).ToArray())];
    }

    // All sums of up to `reach` lattice vectors of each kind.
    private static List<double[]> Images(Box box, int reach)
    {
        List<double[]> images = [new double[box.Dimension]];
        foreach (double[] row in Rows(box))
            images = [.. images.SelectMany(image => Enumerable.Range(-reach, 2 * reach + 1).Select(k => image.Zip(row, (x, y) => x + k * y).ToArray()))];
        return images;
    }

    // Column k of the inverse of a lower-triangular matrix of rows, by forward substitution.
    private static double[] InverseColumn(double[][] rows, int k)
    {
        double[] column = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            double sum = i == k ? 1 : 0;
            for (int j = 0; j < i; j++)
                sum -= rows[i][j] * column[j];
            column[i] = sum / rows[i][i];
        }
        return column;
    }
}
