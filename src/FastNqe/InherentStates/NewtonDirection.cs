using FastNqe.Contractions;

namespace FastNqe;

/// <summary>
/// The direction of a truncated Newton step, M·p = F solved by preconditioned conjugate gradients only as well as it pays: to a relative residual
/// that falls with the force, and no further than to the first direction without positive curvature (Dembo and Steihaug, Math.
/// Program. 26, 190 (1983)). A Hessian product costs less than half of a force sweep.
/// </summary>
internal sealed class NewtonDirection
{
    private readonly PairForces _pairs;
    private readonly RowField _residual, _preconditioned, _conjugate, _product;

    // Of the last direction: their memory is used again.
    private PairTable? _table;
    private DiagonalBlocks? _blocks;

    /// <param name="pairs">The particles.</param>
    /// <param name="work">Four fields of working memory.</param>
    public NewtonDirection(PairForces pairs, RowField[] work)
    {
        _pairs = pairs;
        (_residual, _preconditioned, _conjugate, _product) = (work[0], work[1], work[2], work[3]);
    }

    /// <summary>Hessian products so far.</summary>
    public int ProductCount { get; private set; }

    /// <summary>Computes the direction at the particles' present places.</summary>
    /// <param name="forces">F there.</param>
    /// <param name="direction">Receives p.</param>
    /// <param name="tolerance">The relative residual |M·p - F|/|F| that is enough.</param>
    /// <param name="mostProducts">Hessian products after which it is taken as it is.</param>
    /// <param name="cancellation">Stops early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Whether it was solved: the curvature was positive all along.</returns>
    public bool Find(RowField forces, RowField direction, double tolerance, int mostProducts, CancellationToken cancellation)
    {
        (PairTable table, DiagonalBlocks blocks) = Here();
        direction.Values.Clear();
        FieldAlgebra.Copy(forces, _residual);
        FieldAlgebra.RemoveTranslation(_residual, _pairs.Order);
        double goal = tolerance * FieldAlgebra.Norm(_residual);
        double weight = Precondition(blocks);
        FieldAlgebra.Copy(_preconditioned, _conjugate);
        Span<double> curvature = stackalloc double[1];
        for (int k = 0; k < mostProducts; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            table.Sweep<Quadratic>(new SweepFields(_conjugate, V0: _product), curvature);
            ProductCount++;
            if (!(curvature[0] > 0))
            {
                // Down along the very first direction, at least.
                if (k == 0)
                    FieldAlgebra.Copy(_conjugate, direction);
                return false;
            }
            double step = weight / curvature[0];
            FieldAlgebra.Add(direction, step, _conjugate);
            if (Math.Sqrt(FieldAlgebra.AddDot(_residual, -step, _product, _residual)) <= goal)
                break;
            double next = Precondition(blocks);
            FieldAlgebra.Combine(_conjugate, 1, _preconditioned, next / weight, _conjugate);
            weight = next;
        }
        return true;
    }

    private (PairTable, DiagonalBlocks) Here()
    {
        if (_table is null || _blocks is null)
        {
            _table = new PairTable(_pairs);
            _blocks = new DiagonalBlocks(_table);
        }
        else
        {
            _table.Renew(_pairs);
            _blocks.Renew(_table);
        }
        return (_table, _blocks);
    }

    // P D⁻¹ r, and its product with r.
    private double Precondition(DiagonalBlocks blocks)
    {
        blocks.Solve(_residual, _preconditioned);
        FieldAlgebra.RemoveTranslation(_preconditioned, _pairs.Order);
        return FieldAlgebra.Dot(_residual, _preconditioned);
    }
}
