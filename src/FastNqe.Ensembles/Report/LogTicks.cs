using System.Globalization;
using ScottPlot.TickGenerators;

namespace FastNqe.Ensembles;

/// <summary>Ticks for an axis whose coordinate is log10 of the quantity.</summary>
internal static class LogTicks
{
    /// <summary>Labels at powers of ten; where fewer than two fit, at 2 and 5 as well.</summary>
    public static NumericManual Between(double low, double high)
    {
        NumericManual ticks = new();
        bool hasLabel = false;
        int decades = (int)Math.Floor(high) - (int)Math.Ceiling(low) + 1;
        int stride = Math.Max(1, decades / 7);
        for (int power = (int)Math.Floor(low); power <= Math.Ceiling(high); power++)
            for (int digit = 1; digit < 10; digit++)
            {
                double place = power + Math.Log10(digit);
                if (place < low || place > high)
                    continue;
                bool labelled = digit == 1 ? power % stride == 0 : decades < 2 && (digit is 2 or 5 || (decades == 0 && high - low < 0.5));
                hasLabel |= labelled;
                if (labelled)
                    ticks.AddMajor(place, Label(digit, power));
                else if (decades <= 8 || digit == 1)
                    ticks.AddMinor(place);
            }
        // A range between two round numbers still gets a number.
        if (!hasLabel)
            ticks.AddMajor(0.5 * (low + high), Math.Pow(10, 0.5 * (low + high)).ToString("G3", CultureInfo.InvariantCulture));
        return ticks;
    }

    private static string Label(int digit, int power)
    {
        if (power is >= -2 and <= 3)
            return (digit * Math.Pow(10, power)).ToString("0.##", CultureInfo.InvariantCulture);
        string exponent = string.Concat(power.ToString(CultureInfo.InvariantCulture).Select(letter => letter == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[letter - '0']));
        return digit == 1 ? "10" + exponent : $"{digit}·10{exponent}";
    }
}
