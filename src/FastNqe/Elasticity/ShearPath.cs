using System.Globalization;

namespace FastNqe;

/// <summary>
/// The strains that a shear run goes through: from zero to each target in turn, by way of all multiples of the step that lie between.
/// </summary>
/// <remarks>
/// So a path to a farther target begins with the same strains, to the bit, and a run can be continued. Multiples are those of the step as a
/// decimal number: 45 steps of 1e-4 are 0.0045, the double that a target of 0.0045 is, and not its neighbour.
/// </remarks>
public sealed class ShearPath
{
    // How near to a multiple of the step, in steps, a target counts as that multiple: rounding is far below, any intention far above.
    private const double Nearness = 1e-6;

    // More is a slip of the finger.
    private const double MostStrains = 1e8;

    private readonly double[] _strains;

    /// <summary>A path.</summary>
    /// <param name="step">The size of a step, positive; the last one before a target is shorter where the target is no multiple of it.</param>
    /// <param name="targets">The strains to go to, one after another.</param>
    /// <exception cref="ArgumentException">The step is not positive, a target is not finite or the one before it, or there would be more than 1e8 steps.</exception>
    public ShearPath(double step, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (!(step > 0) || !double.IsFinite(step))
            throw new ArgumentException($"the strain step is {step}; expected a positive number", nameof(step));
        if (targets.Count == 0)
            throw new ArgumentException("there is no strain to go to", nameof(targets));
        var strains = new List<double> { 0 };
        foreach (double target in targets)
        {
            double from = strains[^1];
            if (!double.IsFinite(target) || target == from)
                throw new ArgumentException($"the strain to go to is {target} from {from}; expected another finite number", nameof(targets));
            if (!(strains.Count + Math.Abs(target - from) / step < MostStrains))
                throw new ArgumentException($"from {from} to {target} there are {Math.Abs(target - from) / step:0.0e+0} steps of {step}; expected less than {MostStrains}", nameof(targets));
            int sign = Math.Sign(target - from);
            long first = (long)Math.Floor(sign * from / step + Nearness) + 1, last = (long)Math.Ceiling(sign * target / step - Nearness) - 1;
            for (long multiple = first; multiple <= last; multiple++)
                strains.Add(Multiple(step, sign * multiple));
            strains.Add(target);
        }
        _strains = [.. strains];
    }

    /// <summary>The strains, the first one zero.</summary>
    public IReadOnlyList<double> Strains => _strains;

    // Steps with more digits or of another size than a decimal holds are multiplied as doubles.
    private static double Multiple(double step, long count) =>
        step is > 1e-12 and < 1e6 && decimal.TryParse(step.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
            ? (double)(exact * count)
            : step * count;
}
