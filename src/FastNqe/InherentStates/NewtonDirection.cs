using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// The direction of a truncated Newton step, M·p = F solved by preconditioned conjugate gradients only as well as it pays: to a relative residual
/// that falls with the force, and no further than to the first direction without positive curvature (Dembo and Steihaug, Math.
/// Program. 26, 190 (1983)). A Hessian product costs about half of a force sweep.
/// </summary>
/// <param name="pairs">The particles.</param>
internal sealed class NewtonDirection(PairForces pairs)
{
    // Of the last direction: their memory is used again.
    private PairTable? _table;
    private DiagonalBlocks? _blocks;

    /// <summary>Hessian products so far.</summary>
    public int ProductCount { get; private set; }

    /// <summary>Computes the direction at the particles' present places.</summary>
    /// <param name="forces">F there.</param>
    /// <param name="direction">Receives p.</param>
    /// <param name="work">Four fields of working memory.</param>
    /// <param name="tolerance">The relative residual |M·p - F|/|F| that is enough.</param>
    /// <param name="mostProducts">Hessian products after which it is taken as it is.</param>
    /// <param name="cancellation">Stops early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Whether it was solved: the curvature was positive all along.</returns>
    public bool Find(RowField forces, RowField direction, ReadOnlySpan<RowField> work, double tolerance, int mostProducts, CancellationToken cancellation)
    {
        (PairTable table, DiagonalBlocks blocks) = Here();
        (RowField residual, RowField preconditioned, RowField conjugate, RowField product) = (work[0], work[1], work[2], work[3]);
        direction.Values.Clear();
        FieldAlgebra.Copy(forces, residual);
        FieldAlgebra.RemoveTranslation(residual, pairs.Order);
        double goal = tolerance * FieldAlgebra.Norm(residual);
        double weight = Precondition(blocks, residual, preconditioned);
        FieldAlgebra.Copy(preconditioned, conjugate);
        Span<double> curvature = stackalloc double[1];
        for (int k = 0; k < mostProducts; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            table.Sweep<Quadratic>(new SweepFields(conjugate, V0: product), curvature);
            ProductCount++;
            if (!(curvature[0] > 0))
            {
                // Down along the very first direction, at least.
                if (k == 0)
                    FieldAlgebra.Copy(conjugate, direction);
                return false;
            }
            double step = weight / curvature[0];
            FieldAlgebra.Add(direction, step, conjugate);
            if (Math.Sqrt(FieldAlgebra.AddDot(residual, -step, product, residual)) <= goal)
                break;
            double next = Precondition(blocks, residual, preconditioned);
            FieldAlgebra.Combine(conjugate, 1, preconditioned, next / weight, conjugate);
            weight = next;
        }
        return true;
    }

    private (PairTable, DiagonalBlocks) Here()
    {
        if (_table is null || _blocks is null)
        {
            _table = new PairTable(pairs);
            _blocks = new DiagonalBlocks(_table);
        }
        else
        {
            _table.Renew(pairs);
            _blocks.Renew(_table);
        }
        return (_table, _blocks);
    }

    // P D⁻¹ r, and its product with r.
    private double Precondition(DiagonalBlocks blocks, RowField residual, RowField preconditioned)
    {
        blocks.Solve(residual, preconditioned);
        FieldAlgebra.RemoveTranslation(preconditioned, pairs.Order);
        return FieldAlgebra.Dot(residual, preconditioned);
    }
}
