namespace FastNqe;

/// <summary>Finds the lowest eigenpairs of a symmetric operator with ARPACK-NG, of a small one densely and without it (<see cref="EigenpairMethod"/>).</summary>
/// <remarks>
/// The same operator, count and options give the same bits, for any number of solves at once; see the folder's README for the way.
/// </remarks>
public static class Eigensolver
{
    /// <summary>The lowest eigenpairs outside the operator's known null space, in the order of their eigenvalues.</summary>
    /// <param name="hessian">The operator.</param>
    /// <param name="count">How many; at most the size of the operator less the rank of its null space.</param>
    /// <param name="options">Settings; the defaults suit glasses.</param>
    /// <returns>The pairs and what they took; <see cref="EigenpairSet.Converged"/> is false if the tolerance was not reached.</returns>
    /// <exception cref="ArgumentException">The count or a setting is out of range, or the method needs a matrix and the operator has none.</exception>
    /// <exception cref="ArithmeticException">The operator returned numbers that are not finite.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled it.</exception>
    /// <exception cref="ArpackNotFoundException">ARPACK-NG is not on this machine and the operator is not small; the message says what to install.</exception>
    /// <exception cref="CholmodNotFoundException">Shift-invert was asked for and CHOLMOD is not on this machine.</exception>
    /// <exception cref="ArpackException">ARPACK failed in a way that no setting explains.</exception>
    public static EigenpairSet Lowest(ISymmetricOperator hessian, int count, EigenpairOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        options ??= new();
        options.Validate();
        int free = hessian.Size - hessian.NullSpace.Rank;
        if (count < 1 || count > free)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"the operator has {hessian.Size} unknowns and a null space of rank {hessian.NullSpace.Rank}: expected {(free < 1 ? "more particles" : $"1 to {free} pairs")}");
        if (free <= DenseSearch.Limit(count))
            return DenseSearch.Run(hessian, count, options);

        ArpackPool pool = ArpackPool.Default;
        ArpackInstance instance = pool.Rent();
        try
        {
            LowestSearch search = new(hessian, options, instance);
            EigenpairSet found = search.Run(count, hessian.NullSpace, options.Seed);
            return options.SearchDegenerate ? search.Complete(found) : found;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A solve that is cancelled ends like one that has found enough: between two calls, after which a new one begins afresh.
            instance.Tainted = true;
            throw;
        }
        finally
        {
            pool.Return(instance);
        }
    }
}
