using System.Globalization;
using ScottPlot.TickGenerators;

namespace FastNqe.Ensembles;

/// <summary>Ticks for an axis whose coordinate is log10 of the quantity.</summary>
internal static class LogTicks
{
    // Fewer labels do not say how the axis goes on.
    private const int Enough = 3;

    /// <summary>Ticks for an axis from <paramref name="low"/> to <paramref name="high"/>, both log10 of the quantity.</summary>
    public static NumericManual Between(double low, double high, bool isVertical = false)
    {
        IReadOnlyList<(double Place, string Label)> labelled = Labels(low, high, isVertical);
        NumericManual ticks = new();
        foreach ((double place, string label) in labelled)
            ticks.AddMajor(place, label);
        int decades = (int)Math.Ceiling(high) - (int)Math.Floor(low);
        for (int power = (int)Math.Floor(low); power <= Math.Ceiling(high); power++)
            for (int digit = 1; digit < 10; digit++)
            {
                double place = power + Math.Log10(digit);
                if (place >= low && place <= high && (decades <= 8 || digit == 1) && !labelled.Any(other => Math.Abs(other.Place - place) < 1e-9))
                    ticks.AddMinor(place);
            }
        return ticks;
    }

    /// <summary>
    /// Labels at powers of ten, at every second or third of them where they would touch; where fewer than three of them fit, at 2 and 5 as well, and in less
    /// than a decade at round numbers.
    /// </summary>
    /// <param name="low">log10 of the axis' lower end.</param>
    /// <param name="high">log10 of its upper end.</param>
    /// <param name="isVertical">Whether labels stand above each other, so that their widths do not matter.</param>
    public static IReadOnlyList<(double Place, string Label)> Labels(double low, double high, bool isVertical) =>
        [.. Choice(low, high, isVertical).Select(place => (place, Label(place)))];

    // The first candidate with enough labels that do not touch; if there is none, the one with most.
    private static double[] Choice(double low, double high, bool isVertical)
    {
        double[] best = [];
        foreach (double[] candidate in Candidates(low, high))
        {
            if (!Fits(candidate, high - low, isVertical))
                continue;
            if (candidate.Length >= Enough)
                return candidate;
            if (candidate.Length > best.Length)
                best = candidate;
        }
        return best;
    }

    private static IEnumerable<double[]> Candidates(double low, double high)
    {
        for (int stride = 1; stride <= 10; stride++)
            yield return Powers(low, high, stride, [1]);
        yield return Powers(low, high, 1, [1, 2, 5]);
        yield return Powers(low, high, 1, [1, 3]);
        foreach (double step in new[] { 0.1, 0.2, 0.4, 0.5, 1, 2, 4, 5 })
            yield return Even(low, high, step);
    }

    private static double[] Powers(double low, double high, int stride, int[] digits) =>
        [.. from power in Enumerable.Range((int)Math.Floor(low), (int)(Math.Ceiling(high) - Math.Floor(low)) + 1)
            where power % stride == 0
            from digit in digits
            let place = power + Math.Log10(digit)
            where place >= low && place <= high
            select place];

    // Multiples of a step, which is in units of the power of ten below the range's length on the linear scale; not too many of them.
    private static double[] Even(double low, double high, double step)
    {
        const double Most = 6;
        double first = Math.Pow(10, low), last = Math.Pow(10, high);
        step *= Math.Pow(10, Math.Floor(Math.Log10(last - first)));
        if (high - low > 1 || last - first > Most * step)
            return [];
        List<double> places = [];
        for (double k = Math.Ceiling(first / step); k * step <= last; k++)
            places.Add(Math.Log10(k * step));
        return [.. places];
    }

    private static bool Fits(double[] places, double range, bool isVertical)
    {
        // Of a report's panel.
        const double Length = 320, LetterWidth = 8, Gap = 8, LineHeight = 18, Height = 250;
        for (int k = 1; k < places.Length; k++)
        {
            double distance = (places[k] - places[k - 1]) / range;
            if (isVertical ? distance * Height < LineHeight : distance * Length < 0.5 * LetterWidth * (Label(places[k]).Length + Label(places[k - 1]).Length) + Gap)
                return false;
        }
        return true;
    }

    private static string Label(double place)
    {
        int power = (int)Math.Floor(place + 1e-9);
        // Round numbers have few digits; this takes the logarithm's rounding away.
        double factor = Math.Round(Math.Pow(10, place - power), 6);
        if (power is >= -2 and <= 3)
            return (factor * Math.Pow(10, power)).ToString("0.########", CultureInfo.InvariantCulture);
        string exponent = string.Concat(power.ToString(CultureInfo.InvariantCulture).Select(letter => letter == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[letter - '0']));
        return factor == 1 ? "10" + exponent : string.Create(CultureInfo.InvariantCulture, $"{factor}·10{exponent}");
    }
}
