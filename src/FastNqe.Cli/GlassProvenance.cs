using System.Collections.Immutable;
using System.Globalization;

namespace FastNqe.Cli;

/// <summary>
/// What a file says about the glass in it. Configurations carry along what was said of them before; what a verb changed, it must say
/// itself, or the file would tell of another potential and another state than those that are in it.
/// </summary>
internal static class GlassProvenance
{
    public const string Model = "model", Potential = "potential", MadeBy = "made_by", QuenchTolerance = "quench_tolerance", MaxForce = "maxForce";

    /// <summary>The potential of the liquid that a glass was made of, where it is not that of the glass.</summary>
    public const string ParentPotential = "parent_potential";

    /// <summary>The glass as a verb writes it.</summary>
    /// <param name="glass">The glass, with whatever its file said.</param>
    /// <param name="model">The model whose potential the glass was worked on with.</param>
    /// <param name="verb">The verb.</param>
    public static Configuration Of(InherentState glass, GlassModel model, string verb)
    {
        string potential = Describe(model.Potential);
        ImmutableSortedDictionary<string, string> said = glass.Configuration.Properties;
        List<KeyValuePair<string, string>> pairs =
        [
            new(Model, model.Name),
            new(Potential, potential),
            new(MadeBy, $"{Product.Library} {verb}"),
            .. AtRest(glass),
        ];
        if (!said.ContainsKey(ParentPotential) && said.TryGetValue(Potential, out string? parent) && parent != potential)
            pairs.Add(new(ParentPotential, parent));
        return glass.Configuration.WithProperties(pairs);
    }

    /// <summary>How near to rest the glass is, and how near it was asked to come if it was quenched just now.</summary>
    public static IEnumerable<KeyValuePair<string, string>> AtRest(InherentState glass) =>
    [
        new(MaxForce, Exact(glass.MaxForce)),
        .. glass.Quench is null ? Array.Empty<KeyValuePair<string, string>>() : [new(QuenchTolerance, Exact(Session.QuenchForceTolerance))],
    ];

    private static string Describe(PairPotential potential) => potential.ToString() ?? "";

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
