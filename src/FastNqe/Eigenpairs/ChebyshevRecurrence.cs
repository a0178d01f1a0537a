using System.Buffers;

namespace FastNqe;

/// <summary>The three-term recurrence T_0 = 1, T_1 = t, T_(k+1) = 2 t T_k - T_(k-1) with t = (center - H)/halfWidth.</summary>
internal static class ChebyshevRecurrence
{
    /// <exception cref="ArgumentException">The interval has no width, or there is no step to take.</exception>
    public static void Check(double center, double halfWidth, int degree)
    {
        if (!(halfWidth > 0) || !double.IsFinite(halfWidth) || !double.IsFinite(center))
            throw new ArgumentException($"the interval is {center} ± {halfWidth}; expected finite numbers and a positive width");
        if (degree < 1)
            throw new ArgumentException($"the degree is {degree}; expected at least 1", nameof(degree));
    }

    public static void Run(ISymmetricOperator hessian, ReadOnlySpan<double> x, double center, double halfWidth, int degree, Span<double> y, CancellationToken cancellation)
    {
        Check(center, halfWidth, degree);
        double[] rented = ArrayPool<double>.Shared.Rent(2 * x.Length);
        Span<double> product = rented.AsSpan(0, x.Length);
        Span<double> other = rented.AsSpan(x.Length, x.Length);
        // T_m shall end up in y: terms of m's parity are kept there, the others in the second field.
        Span<double> term = degree % 2 == 0 ? y : other;
        Span<double> next = degree % 2 == 0 ? other : y;
        x.CopyTo(term);
        next.Clear();
        for (int k = 0; k < degree; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            double factor = k == 0 ? 1 : 2;
            hessian.Apply(term, product);
            SpanAlgebra.Combine(-factor / halfWidth, product, factor * center / halfWidth, term, next);
            Span<double> previous = term;
            term = next;
            next = previous;
        }
        ArrayPool<double>.Shared.Return(rented);
    }
}
