namespace FastNqe;

/// <summary>The strains that a shear run goes through: from zero to each target in turn, in equal steps.</summary>
public sealed class ShearPath
{
    private readonly double[] _strains;

    /// <summary>A path.</summary>
    /// <param name="step">The size of a step, positive; the steps to a target are as near to it as makes a whole number of them.</param>
    /// <param name="targets">The strains to go to, one after another.</param>
    /// <exception cref="ArgumentException">The step is not positive, or a target is not finite or the one before it.</exception>
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
            int count = Math.Max(1, checked((int)Math.Round(Math.Abs(target - from) / step)));
            for (int k = 1; k <= count; k++)
                strains.Add(k == count ? target : from + (target - from) * k / count);
        }
        _strains = [.. strains];
    }

    /// <summary>The strains, the first one zero.</summary>
    public IReadOnlyList<double> Strains => _strains;
}
