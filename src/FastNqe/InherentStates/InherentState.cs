using System.Runtime.CompilerServices;
using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// A configuration that stands still, with its pair table: the separations x_ij and the potential's derivatives of every interacting pair,
/// ready for any number of contractions.
/// </summary>
/// <remarks>
/// <see cref="FastNqe.Quench"/> makes one that is a local minimum of U; <see cref="At"/> takes a configuration as it is, and
/// <see cref="MaxForce"/> says how far from equilibrium that is. All fields are N·d numbers in the caller's order, row major.
/// An instance has working memory of its own: one thread at a time. A second one that calls it, or anything that works on it (mode searches, solves,
/// a <see cref="HessianOperator"/>), in the middle of a sweep is refused by an <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed class InherentState
{
    /// <summary>The largest net force of a configuration that counts as at rest [energy/length]: a quench leaves far less; positions written with eight digits leave far more, and shift the stiffness visibly.</summary>
    public const double LargestForceAtRest = 1e-7;

    private readonly ExclusiveUse _use = new("this glass");
    private readonly RowField?[] _work = new RowField?[4];
    private (RowField Vectors, RowField Products)? _blocks;

    internal InherentState(Configuration configuration, PairPotential potential, QuenchReport? quench)
    {
        Quench = quench;
        Configuration = configuration;
        Potential = potential;
        Pairs = new PairTable(configuration, potential);
        (Energy, double virial, MaxForce) = Measure(configuration, potential, Pairs.Order);
        if (!double.IsFinite(Energy))
            throw new ArgumentException($"the energy is {Energy}: two particles are at the same place", nameof(configuration));
        Pressure = -virial / (configuration.Dimension * configuration.Box.Volume);
        LargeSystem.GiveMemoryBack(configuration.ParticleCount);
    }

    // A method to itself, so that nothing of the search for neighbours is in use when it returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (double Energy, double Virial, double MaxForce) Measure(Configuration configuration, PairPotential potential, ParticleOrder order)
    {
        RowField forces = order.NewField();
        double energy = new PairForces(configuration, potential, 0, given: order).Compute(forces, out double virial);
        return (energy, virial, FieldAlgebra.LargestRow(forces, order));
    }

    // A caller's field in the kernels' order, made when it is first asked for: searches for modes have their own, and may need the memory.
    private RowField Work(int number) => _work[number] ??= Pairs.Order.NewField();

    /// <summary>The positions, box, diameters.</summary>
    public Configuration Configuration { get; }

    /// <summary>The pair potential.</summary>
    public PairPotential Potential { get; }

    /// <summary>N.</summary>
    public int ParticleCount => Configuration.ParticleCount;

    /// <summary>d.</summary>
    public int Dimension => Configuration.Dimension;

    /// <summary>The number of interacting pairs.</summary>
    public int PairCount => Pairs.PairCount;

    /// <summary>U [energy].</summary>
    public double Energy { get; }

    /// <summary>p = -Σ_pairs phi' r/(d V) [energy/length^d], without a kinetic part.</summary>
    public double Pressure { get; }

    /// <summary>The largest Euclidean norm of the net force on one particle [energy/length].</summary>
    public double MaxForce { get; }

    /// <summary>How the quench went; null for a configuration taken as it is.</summary>
    public QuenchReport? Quench { get; }

    internal PairTable Pairs { get; }

    /// <summary>The pair table of a configuration as it is, at equilibrium or not.</summary>
    /// <param name="configuration">N particles with diameters.</param>
    /// <param name="potential">The pair potential.</param>
    /// <exception cref="ArgumentException">The box is smaller than twice the largest cutoff, diameters are missing, a particle is farther than a million boxes away, or two are at the same place.</exception>
    public static InherentState At(Configuration configuration, PairPotential potential)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(potential);
        return new InherentState(configuration, potential, null);
    }

    /// <summary>The net force on every particle, -dU/dx [energy/length]; at a minimum what the quench left of it.</summary>
    /// <param name="forces">Receives N·d numbers.</param>
    /// <exception cref="ArgumentException">The length is not N·d.</exception>
    public void Forces(Span<double> forces)
    {
        CheckField(forces, nameof(forces));
        using ExclusiveUse.Turn turn = _use.Begin();
        NetForces.Of(Pairs, Work(0));
        Pairs.Order.Gather(Work(0), forces);
    }

    /// <summary>
    /// The stress sigma_ab = (1/V) Σ_pairs (phi'/r) x_a x_b, tension positive, without a kinetic part [energy/length^d]; the mean of its diagonal is -p. One
    /// pass over the pairs.
    /// </summary>
    /// <param name="a">An axis, from 0 to d - 1.</param>
    /// <param name="b">An axis, from 0 to d - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public double Stress(int a, int b)
    {
        Deformation.CheckAxis(Dimension, a);
        Deformation.CheckAxis(Dimension, b);
        using ExclusiveUse.Turn turn = _use.Begin();
        Deformation deformation = a == b ? Deformation.Stretch(Dimension, a) : Deformation.SimpleShear(Dimension, a, b);
        return AffineSums.Of(Pairs, deformation).First / Configuration.Box.Volume;
    }

    /// <summary>M·z, the Hessian times a displacement (eq. 2).</summary>
    /// <param name="z">N·d numbers [length].</param>
    /// <param name="product">Receives N·d numbers [energy/length].</param>
    /// <returns>K = M:zz [energy].</returns>
    /// <exception cref="ArgumentException">A length is not N·d.</exception>
    public double HessianProduct(ReadOnlySpan<double> z, Span<double> product) => HessianProduct(z, product, RowMajor);

    /// <summary>The same for fields of any layout.</summary>
    internal double HessianProduct(ReadOnlySpan<double> z, Span<double> product, FieldLayout layout)
    {
        CheckField(z, nameof(z), layout);
        CheckField(product, nameof(product), layout);
        using ExclusiveUse.Turn turn = _use.Begin();
        Pairs.Order.Scatter(z, layout, Work(0));
        Span<double> scalar = stackalloc double[1];
        Pairs.Sweep<Quadratic>(new SweepFields(Work(0), V0: Work(1)), scalar);
        Pairs.Order.Gather(Work(1), product, layout);
        return scalar[0];
    }

    /// <summary>M applied to eight vectors at once, in far less time than one by one, with the same bits.</summary>
    /// <param name="vectors">Eight times N·d numbers, one vector after another.</param>
    /// <param name="products">Receives the eight products in the same order.</param>
    /// <exception cref="ArgumentException">A length is not 8·N·d.</exception>
    public void HessianProducts(ReadOnlySpan<double> vectors, Span<double> products)
    {
        int expected = BlockSweep.Size * ParticleCount * Dimension;
        if (vectors.Length != expected || products.Length != expected)
            throw new ArgumentException($"vectors and products have {vectors.Length} and {products.Length} numbers; expected {expected} each, {Dimension} for each of {ParticleCount} particles in each of {BlockSweep.Size} vectors");
        using ExclusiveUse.Turn turn = _use.Begin();
        _blocks ??= (Pairs.Order.NewBlock(), Pairs.Order.NewBlock());
        Pairs.Order.ScatterBlock(vectors, _blocks.Value.Vectors);
        Pairs.Sweep(_blocks.Value.Vectors, _blocks.Value.Products);
        Pairs.Order.GatherBlock(_blocks.Value.Products, products);
    }

    /// <summary>M·z and U(3):zz in one sweep.</summary>
    /// <param name="z">N·d numbers.</param>
    /// <param name="product">Receives M·z.</param>
    /// <param name="cubic">Receives U(3):zz.</param>
    /// <returns>K = M:zz and T = U(3):.zzz.</returns>
    /// <exception cref="ArgumentException">A length is not N·d.</exception>
    public (double K, double T) CubicContraction(ReadOnlySpan<double> z, Span<double> product, Span<double> cubic) =>
        Contract<Cubic>(z, product, cubic, RowMajor);

    /// <summary>M·z and U(4):.zzz in one sweep.</summary>
    /// <param name="z">N·d numbers.</param>
    /// <param name="product">Receives M·z.</param>
    /// <param name="quartic">Receives U(4):.zzz.</param>
    /// <returns>K = M:zz and Q = U(4)::zzzz.</returns>
    /// <exception cref="ArgumentException">A length is not N·d.</exception>
    public (double K, double Q) QuarticContraction(ReadOnlySpan<double> z, Span<double> product, Span<double> quartic) =>
        Contract<Quartic>(z, product, quartic, RowMajor);

    /// <summary>M·z and half of the gradient of (Σ_pairs b²)/2, Σ_pairs b z with b = z_ij·z_ij, in one sweep (eq. C3).</summary>
    /// <returns>K = M:zz and Σ_pairs (z_ij·z_ij)².</returns>
    /// <exception cref="ArgumentException">A length is not N·d.</exception>
    public (double K, double G) GeometricContraction(ReadOnlySpan<double> z, Span<double> product, Span<double> geometric) =>
        Contract<Geometric>(z, product, geometric, RowMajor);

    /// <summary>U(3):uv, the third derivative contracted with two displacements.</summary>
    /// <exception cref="ArgumentException">A length is not N·d.</exception>
    public void MixedCubicContraction(ReadOnlySpan<double> u, ReadOnlySpan<double> v, Span<double> result) =>
        MixedCubicContraction(u, v, result, RowMajor);

    /// <summary>The same for fields of any layout.</summary>
    internal void MixedCubicContraction(ReadOnlySpan<double> u, ReadOnlySpan<double> v, Span<double> result, FieldLayout layout)
    {
        using ExclusiveUse.Turn turn = _use.Begin();
        Load(u, v, layout);
        CheckField(result, nameof(result), layout);
        Span<double> scalars = stackalloc double[2];
        Pairs.Sweep<CubicMixed>(new SweepFields(Work(0), Work(1), V0: Work(2)), scalars);
        Pairs.Order.Gather(Work(2), result, layout);
    }

    /// <summary>U(4):.uvw, the fourth derivative contracted with three displacements.</summary>
    /// <exception cref="ArgumentException">A length is not N·d.</exception>
    public void MixedQuarticContraction(ReadOnlySpan<double> u, ReadOnlySpan<double> v, ReadOnlySpan<double> w, Span<double> result) =>
        MixedQuarticContraction(u, v, w, result, RowMajor);

    /// <summary>The same for fields of any layout.</summary>
    internal void MixedQuarticContraction(ReadOnlySpan<double> u, ReadOnlySpan<double> v, ReadOnlySpan<double> w, Span<double> result, FieldLayout layout)
    {
        using ExclusiveUse.Turn turn = _use.Begin();
        Load(u, v, layout);
        CheckField(w, nameof(w), layout);
        CheckField(result, nameof(result), layout);
        Pairs.Order.Scatter(w, layout, Work(2));
        Span<double> scalars = stackalloc double[3];
        Pairs.Sweep<QuarticMixed>(new SweepFields(Work(0), Work(1), Work(2), V0: Work(3)), scalars);
        Pairs.Order.Gather(Work(3), result, layout);
    }

    /// <summary>kappa, tau, chi, e and the three cost functions of a direction, in one sweep without vectors.</summary>
    /// <param name="direction">
    /// N·d numbers; its length |z| does not matter. A translation in it changes kappa, tau, chi and e, which are relative to |z|, but not the three cost functions,
    /// which know differences of displacements only.
    /// </param>
    /// <exception cref="ArgumentException">The length is not N·d, a number is not finite, or the field is zero.</exception>
    public ModeCoefficients Coefficients(ReadOnlySpan<double> direction)
    {
        CheckField(direction, nameof(direction));
        ReadOnlySpan<double> z = OfModerateLength(direction);
        using ExclusiveUse.Turn turn = _use.Begin();
        Pairs.Order.Scatter(z, Work(0));
        return Coefficients(Work(0), Participation.Ratio(z, Dimension));
    }

    internal ModeCoefficients Coefficients(RowField z, double participationRatio)
    {
        Span<double> s = stackalloc double[4];
        Pairs.Sweep<AllScalars>(new SweepFields(z), s);
        double square = FieldAlgebra.Dot(z, z);
        if (!(square > 0) || !double.IsFinite(square))
            throw new ArgumentException($"the direction's squared length is {square}; expected a positive finite number");
        return new ModeCoefficients(
            s[0] / square,
            s[1] / (square * Math.Sqrt(square)),
            s[2] / (square * square),
            participationRatio,
            s[0] * s[0] / s[2],
            s[0] * s[0] * s[0] / (s[1] * s[1]),
            s[0] * s[0] / s[3]);
    }

    /// <summary>The lowest normal modes, the d uniform translations excluded, with their participation ratios (eqs. 7, 11, 14).</summary>
    /// <param name="count">How many; at most N·d - d.</param>
    /// <param name="options">Settings; the defaults suit glasses. <see cref="Eigensolver.Lowest"/> with a <see cref="HessianOperator"/> also reports what it took.</param>
    /// <returns>
    /// The pairs in the order of their stiffness. One whose <see cref="Eigenpair.Residual"/> exceeds the tolerance did not converge, and fewer than
    /// asked for were found if fewer are returned.
    /// </returns>
    /// <exception cref="ArgumentException">The count or a setting is out of range.</exception>
    /// <exception cref="ArpackNotFoundException">ARPACK-NG is not on this machine; the message says what to install.</exception>
    public Eigenpair[] LowestEigenpairs(int count, EigenpairOptions? options = null) =>
        [.. Eigensolver.Lowest(new HessianOperator(this), count, options).Pairs.Select(
            pair => pair with { ParticipationRatio = Participation.Ratio(pair.Vector, Dimension) })];

    /// <summary>Refuses a direction that no mode can be sought from.</summary>
    /// <param name="direction">The field to check.</param>
    /// <exception cref="ArgumentException">It does not have N·d finite numbers, is zero, or is a pure translation.</exception>
    public void CheckDirection(ReadOnlySpan<double> direction)
    {
        CheckField(direction, nameof(direction));
        double square = 0, centred = 0;
        for (int axis = 0; axis < Dimension; axis++)
        {
            double mean = 0;
            for (int k = axis; k < direction.Length; k += Dimension)
                mean += direction[k];
            mean /= ParticleCount;
            for (int k = axis; k < direction.Length; k += Dimension)
            {
                if (!double.IsFinite(direction[k]))
                    throw new ArgumentException($"component {axis} of particle {k / Dimension + 1} of the direction is {direction[k]}; expected a finite number", nameof(direction));
                square += direction[k] * direction[k];
                centred += (direction[k] - mean) * (direction[k] - mean);
            }
        }
        if (square == 0)
            throw new ArgumentException("the direction is zero everywhere, or too short to be squared", nameof(direction));
        if (!double.IsFinite(square))
            throw new ArgumentException("the direction is too long to be squared", nameof(direction));
        if (centred <= 1e-24 * square)
            throw new ArgumentException("the direction is a uniform translation, which deforms nothing", nameof(direction));
    }

    // Fourth powers of a very short or long field have no place in a double; times a power of two, it has the same digits.
    private static ReadOnlySpan<double> OfModerateLength(ReadOnlySpan<double> direction)
    {
        double largest = 0;
        foreach (double component in direction)
            largest = Math.Max(largest, Math.Abs(component));
        if (largest is 0 or (> 1e-50 and < 1e50) || !double.IsFinite(largest))
            return direction;
        double[] scaled = direction.ToArray();
        int exponent = -Math.ILogB(largest);
        for (int k = 0; k < scaled.Length; k++)
            scaled[k] = Math.ScaleB(scaled[k], exponent);
        return scaled;
    }

    internal (double, double) Contract<TContraction>(ReadOnlySpan<double> z, Span<double> first, Span<double> second, FieldLayout layout)
        where TContraction : struct, IContraction
    {
        CheckField(z, nameof(z), layout);
        CheckField(first, nameof(first), layout);
        CheckField(second, nameof(second), layout);
        using ExclusiveUse.Turn turn = _use.Begin();
        Pairs.Order.Scatter(z, layout, Work(0));
        Span<double> scalars = stackalloc double[2];
        Pairs.Sweep<TContraction>(new SweepFields(Work(0), V0: Work(1), V1: Work(2)), scalars);
        Pairs.Order.Gather(Work(1), first, layout);
        Pairs.Order.Gather(Work(2), second, layout);
        return (scalars[0], scalars[1]);
    }

    private FieldLayout RowMajor => FieldLayout.RowMajor(Dimension);

    private void Load(ReadOnlySpan<double> u, ReadOnlySpan<double> v, FieldLayout layout)
    {
        CheckField(u, nameof(u), layout);
        CheckField(v, nameof(v), layout);
        Pairs.Order.Scatter(u, layout, Work(0));
        Pairs.Order.Scatter(v, layout, Work(1));
    }

    private void CheckField(ReadOnlySpan<double> field, string name) => CheckField(field, name, RowMajor);

    private void CheckField(ReadOnlySpan<double> field, string name, FieldLayout layout)
    {
        long expected = layout.Extent(ParticleCount, Dimension);
        if (field.Length != expected)
            throw new ArgumentException($"{name} has {field.Length} numbers; expected {expected}, {Dimension} for each of {ParticleCount} particles", name);
    }
}
