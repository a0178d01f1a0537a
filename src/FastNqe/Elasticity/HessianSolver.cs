using FastNqe.Contractions;

namespace FastNqe;

/// <summary>How a linear solve with the Hessian is done.</summary>
public sealed record LinearSolveOptions
{
    /// <summary>The relative residual |b - M·x|/|b| at which a solution counts as found; dimensionless.</summary>
    public double Tolerance { get; init; } = 1e-11;

    /// <summary>Hessian products after which the solve gives up.</summary>
    public int MaxSweeps { get; init; } = 50_000;

    /// <summary>Stops the solve early with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Told after every iteration how far the work has come, on the thread that does it.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    internal void Validate()
    {
        if (!(Tolerance > 0) || !double.IsFinite(Tolerance))
            throw new ArgumentException($"{nameof(Tolerance)} is {Tolerance}; expected a positive number");
        if (MaxSweeps < 1)
            throw new ArgumentException($"{nameof(MaxSweeps)} is {MaxSweeps}; expected at least 1");
    }
}

/// <summary>How a linear solve went.</summary>
/// <param name="Converged">Whether the tolerance was reached.</param>
/// <param name="Sweeps">Hessian products.</param>
/// <param name="Residual">|b - M·x|/|b|, computed from the solution itself; dimensionless.</param>
public readonly record struct LinearSolveReport(bool Converged, int Sweeps, double Residual);

/// <summary>
/// Solves (M - shift)·x = b by conjugate gradients with block-Jacobi preconditioning, in the space without uniform translations and, if
/// wanted, without one more direction.
/// </summary>
/// <remarks>
/// The matrix must be positive definite in that space: the shift may be as large as the lowest eigenvalue if its eigenvector is the
/// direction left out. Where curvature turns out negative the solve stops and says so by <see cref="LinearSolveReport.Converged"/>.
/// </remarks>
internal sealed class HessianSolver
{
    private readonly PairTable _pairs;
    private readonly double _shift;
    private readonly RowField? _leftOut;
    private readonly RowField _residual, _direction, _product, _preconditioned;

    /// <param name="pairs">The pair table.</param>
    /// <param name="shift">What is subtracted from M [energy/length²].</param>
    /// <param name="leftOut">A unit vector without translation that is projected out, or null.</param>
    public HessianSolver(PairTable pairs, double shift = 0, RowField? leftOut = null)
    {
        (_pairs, _shift, _leftOut) = (pairs, shift, leftOut);
        Blocks = new DiagonalBlocks(pairs);
        ParticleOrder order = pairs.Order;
        (_residual, _direction, _product, _preconditioned) = (order.NewField(), order.NewField(), order.NewField(), order.NewField());
    }

    /// <summary>The blocks on the diagonal of M.</summary>
    public DiagonalBlocks Blocks { get; }

    /// <summary>Solves for the projection of <paramref name="right"/>; the solution is free of what is left out.</summary>
    public LinearSolveReport Solve(RowField right, RowField solution, LinearSolveOptions options)
    {
        solution.Values.Clear();
        FieldAlgebra.Copy(right, _residual);
        Project(_residual);
        double norm = FieldAlgebra.Norm(_residual), residual = 1;
        if (norm == 0)
            return new LinearSolveReport(true, 0, 0);
        int sweeps = 0;
        bool mayGoOn = true;
        // Rounding makes the recursive residual drift from the true one: begin again from the true one until that is small.
        while (mayGoOn && residual > options.Tolerance && sweeps < options.MaxSweeps)
        {
            double before = residual;
            mayGoOn = Iterate(solution, norm * options.Tolerance, options, ref sweeps);
            Apply(solution, _product);
            sweeps++;
            FieldAlgebra.Combine(_residual, 1, right, -1, _product);
            Project(_residual);
            residual = FieldAlgebra.Norm(_residual) / norm;
            mayGoOn &= residual < 0.5 * before;
        }
        return new LinearSolveReport(residual <= options.Tolerance, sweeps, residual);
    }

    private bool Iterate(RowField solution, double goal, LinearSolveOptions options, ref int sweeps)
    {
        double weight = Precondition(), norm = FieldAlgebra.Norm(_residual);
        FieldAlgebra.Copy(_preconditioned, _direction);
        while (norm > 0.5 * goal && sweeps < options.MaxSweeps)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            Apply(_direction, _product);
            sweeps++;
            double curvature = FieldAlgebra.Dot(_direction, _product);
            if (!(curvature > 0))
                return false;
            double step = weight / curvature;
            FieldAlgebra.Add(solution, step, _direction);
            norm = Math.Sqrt(FieldAlgebra.AddDot(_residual, -step, _product, _residual));
            double next = Precondition();
            FieldAlgebra.Combine(_direction, 1, _preconditioned, next / weight, _direction);
            weight = next;
            options.Progress?.Report(new WorkProgress(sweeps, norm * (options.Tolerance / goal)));
        }
        return true;
    }

    // P D⁻¹ P r, and its product with r.
    private double Precondition()
    {
        Blocks.Solve(_residual, _preconditioned);
        Project(_preconditioned);
        return FieldAlgebra.Dot(_residual, _preconditioned);
    }

    private void Apply(RowField field, RowField product)
    {
        Span<double> scalar = stackalloc double[1];
        _pairs.Sweep<Quadratic>(new SweepFields(field, V0: product), scalar);
        FieldAlgebra.Add(product, -_shift, field);
        Project(product);
    }

    private void Project(RowField field)
    {
        FieldAlgebra.RemoveTranslation(field, _pairs.Order);
        if (_leftOut is not null)
            FieldAlgebra.Add(field, -FieldAlgebra.Dot(field, _leftOut), _leftOut);
    }
}
