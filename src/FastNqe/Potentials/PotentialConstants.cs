using System.Globalization;

namespace FastNqe;

/// <summary>
/// The constants that the laws of the presets have, under the names that the command line, studies and the provenance of samples give them.
/// Null where a law has no such constant, or where a preset's is to be left as it is.
/// </summary>
public sealed record PotentialConstants
{
    /// <summary>The names under which provenance holds the constants.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["exponent", "cutoff", "smoothing_order", "non_additivity"];

    /// <summary>beta of the inverse power law r^-beta, an even number.</summary>
    public int? Exponent { get; init; }

    /// <summary>x_c, where the potential ends, in units of the pair length.</summary>
    public double? Cutoff { get; init; }

    /// <summary>q, how many derivatives of the potential vanish at the cutoff.</summary>
    public int? SmoothingOrder { get; init; }

    /// <summary>n_a in the pair length ½(l_i + l_j)(1 - n_a |l_i - l_j|) [1/length].</summary>
    public double? NonAdditivity { get; init; }

    /// <summary>The constants of a potential; all null if its law has none of these.</summary>
    public static PotentialConstants Of(PairPotential potential) => potential switch
    {
        PairPotential<InversePowerLaw> { Law: var law } => new() { Exponent = law.Exponent, Cutoff = law.CutoffRatio, SmoothingOrder = law.SmoothingOrder, NonAdditivity = law.NonAdditivity },
        PairPotential<LennardJones> { Law: var law } => new() { Cutoff = law.CutoffRatio, SmoothingOrder = law.SmoothingOrder },
        _ => new(),
    };

    /// <summary>Those that are not null as keys and values, for provenance. Numbers read back to the same bits.</summary>
    public IReadOnlyDictionary<string, string> Describe() => Keys.Zip<string, double?>([Exponent, Cutoff, SmoothingOrder, NonAdditivity])
        .Where(constant => constant.Second is not null)
        .ToDictionary(constant => constant.First, constant => constant.Second!.Value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The potential with these constants in place of its own; itself if none of them differs.</summary>
    /// <exception cref="ArgumentException">Its law has no such constant, or one is out of its range.</exception>
    public PairPotential In(PairPotential potential)
    {
        ArgumentNullException.ThrowIfNull(potential);
        PotentialConstants own = Of(potential);
        Require(Exponent, own.Exponent, "exponent");
        Require(Cutoff, own.Cutoff, "cutoff");
        Require(SmoothingOrder, own.SmoothingOrder, "smoothing order");
        Require(NonAdditivity, own.NonAdditivity, "non-additivity");
        var all = new PotentialConstants
        {
            Exponent = Exponent ?? own.Exponent,
            Cutoff = Cutoff ?? own.Cutoff,
            SmoothingOrder = SmoothingOrder ?? own.SmoothingOrder,
            NonAdditivity = NonAdditivity ?? own.NonAdditivity,
        };
        if (all == own)
            return potential;
        return potential is PairPotential<LennardJones>
            ? new PairPotential<LennardJones>(new(all.Cutoff!.Value, all.SmoothingOrder!.Value))
            : new PairPotential<InversePowerLaw>(new(all.Exponent!.Value, all.Cutoff!.Value, all.SmoothingOrder!.Value, all.NonAdditivity!.Value));

        void Require<T>(T? wanted, T? there, string name) where T : struct
        {
            if (wanted is not null && there is null)
                throw new ArgumentException($"the potential \"{potential}\" has no {name}; cutoff and smoothing order are those of ipl, poly and kalj, exponent and non-additivity those of ipl and poly");
        }
    }
}
