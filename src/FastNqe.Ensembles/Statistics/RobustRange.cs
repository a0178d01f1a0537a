using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>The range of values that an axis shows, so that a single value far from all others does not squeeze the rest into a corner.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="OutsideCount">How many values lie outside.</param>
internal readonly record struct RobustRange(double Low, double High, int OutsideCount)
{
    private const double Share = 0.01, Reach = 1.5;

    /// <summary>The values that are at most one and a half times as far from the median as the quantiles of 1 % and 99 %. Values without outliers are all inside.</summary>
    public static RobustRange Of(ReadOnlySpan<double> values)
    {
        List<double> finite = new(values.Length);
        foreach (double value in values)
            if (double.IsFinite(value))
                finite.Add(value);
        if (finite.Count == 0)
            return new RobustRange(double.NegativeInfinity, double.PositiveInfinity, 0);
        finite.Sort();
        double[] sorted = [.. finite];
        double median = Order.Quantile(sorted, 0.5);
        // A rounding error must not put values outside that are all the same.
        double slack = 1e-9 * Math.Max(1, Math.Abs(median));
        double low = median - Reach * (median - Order.Quantile(sorted, Share)) - slack, high = median + Reach * (Order.Quantile(sorted, 1 - Share) - median) + slack;
        return new RobustRange(low, high, sorted.Count(value => value < low || value > high));
    }

    /// <summary>The same for positive values on a logarithmic axis; others do not count.</summary>
    public static RobustRange OfLogarithms(ReadOnlySpan<double> values)
    {
        RobustRange range = Of(Order.PositiveSorted(values).Select(value => Math.Log(value)).ToArray());
        return range with { Low = Math.Exp(range.Low), High = Math.Exp(range.High) };
    }

    /// <summary>As a part of a sentence: how many of the values are not drawn; empty if all are.</summary>
    public string Say(int count) => OutsideCount == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {OutsideCount} of {count} values far out and not drawn");
}
