using System.Globalization;

namespace FastNqe.Cli;

/// <summary>
/// What a file says about the glass in it. Configurations carry along what was said of them before; what a verb changed, it must say
/// itself, or the file would tell of another potential and another state than those that are in it.
/// </summary>
internal static class GlassProvenance
{
    // The potential of the liquid that a glass was made of, where it is not that of the glass.
    private const string ParentPotential = "parent_potential";

    /// <summary>The glass as a verb writes it.</summary>
    /// <param name="glass">The glass, with whatever its file said.</param>
    /// <param name="model">The model whose potential the glass was worked on with.</param>
    /// <param name="verb">The verb.</param>
    public static Configuration Of(InherentState glass, GlassModel model, string verb)
    {
        Configuration there = glass.Configuration;
        string potential = model.Potential.ToString() ?? "";
        var said = there.Properties.RemoveRange(PotentialConstants.Keys).SetItems(PotentialConstants.Of(model.Potential).Describe()).SetItems(
        [
            new(GlassProperties.Model, model.Name),
            new(GlassProperties.Potential, potential),
            new(GlassProperties.MadeBy, $"{Product.Library} {verb}"),
            .. AtRest(glass, Session.QuenchForceTolerance),
        ]);
        if (there.Properties.TryGetValue(GlassProperties.Potential, out string? parent) && parent != potential)
            said = said.ContainsKey(ParentPotential) ? said : said.Add(ParentPotential, parent);
        // Of a glass before this quench.
        if (glass.Quench is not null)
            said = said.Remove(GlassProperties.CrystallineShare);
        return new Configuration(there.Box, there.Positions, there.Diameters, there.Types, there.TypeNames, said);
    }

    /// <summary>How near to rest a glass is, and how near it was asked to come if it was quenched just now.</summary>
    /// <param name="glass">The glass.</param>
    /// <param name="tolerance">The force tolerance of the quench.</param>
    public static IEnumerable<KeyValuePair<string, string>> AtRest(InherentState glass, double tolerance)
    {
        yield return new(GlassProperties.MaxForce, Exact(glass.MaxForce));
        if (glass.Quench is not null)
            yield return new(GlassProperties.QuenchTolerance, Exact(tolerance));
    }

    /// <summary>A number that reads back to the same bits.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
