namespace FastNqe;

/// <summary>
/// Functions whose last bit must be the same on every processor: a trajectory amplifies one different bit into another sample.
/// The operating system's mathematical library chooses its code by processor; these use only the correctly rounded +, -, ·, /, √.
/// </summary>
internal static class PortableMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>The natural logarithm of a positive, normal, finite number, to within one unit in the last place.</summary>
    /// <remarks>
    /// x = 2^k (1 + f) with √½ &lt; 1 + f &lt; √2; s = f/(2 + f); log(1 + f) = 2 atanh s, with the remainder beyond 2s as a
    /// polynomial in s² (the coefficients are those of fdlibm's e_log).
    /// </remarks>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        // Adding the distance from √2's mantissa to 2 carries into the exponent exactly for mantissas above √2.
        int k = (int)(((bits + 0x00095F619980C433L) >> 52) & 0x7FF) - 1023;
        double f = BitConverter.Int64BitsToDouble(bits - ((long)k << 52)) - 1;
        double s = f / (2 + f), z = s * s, w = z * z;
        double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        double odd = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
        double halfSquare = 0.5 * f * f;
        return k * Ln2High - ((halfSquare - (s * (halfSquare + even + odd) + k * Ln2Low)) - f);
    }

    /// <summary>The largest double whose d-th power, multiplied out in doubles, does not exceed x: the side of a cubic box of volume x.</summary>
    public static double Root(double x, int d)
    {
        double root = d == 3 ? Math.Cbrt(x) : d == 2 ? Math.Sqrt(x) : Math.Sqrt(Math.Sqrt(x));
        while (Power(root, d) > x)
            root = Math.BitDecrement(root);
        while (Power(Math.BitIncrement(root), d) <= x)
            root = Math.BitIncrement(root);
        return root;
    }

    private static double Power(double x, int d)
    {
        double power = x;
        for (int k = 1; k < d; k++)
            power *= x;
        return power;
    }
}
