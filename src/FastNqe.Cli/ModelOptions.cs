using System.CommandLine;

namespace FastNqe.Cli;

/// <summary>--model and the constants of its potential that can be overridden; shared by every verb that needs a potential.</summary>
internal sealed class ModelOptions
{
    private const string FromModel = "[default: the model's]";

    private readonly Option<string> _model = new("--model", "-m")
    {
        Description = $"The model glass: {string.Join(", ", GlassModel.All.Select(model => model.Name))}.",
        HelpName = "NAME",
        Required = true,
    };

    private readonly Option<double?> _nonAdditivity = new("--non-additivity")
    {
        Description = $"n_a in the pair length ½(l_i + l_j)(1 - n_a |l_i - l_j|), in 1/length. {FromModel}",
        HelpName = "NUMBER",
    };

    private readonly Option<double?> _cutoff = new("--cutoff")
    {
        Description = $"x_c, where the potential ends, in units of the pair length. {FromModel}",
        HelpName = "NUMBER",
    };

    private readonly Option<int?> _smoothingOrder = new("--smoothing-order")
    {
        Description = $"q, how many derivatives of the potential vanish at the cutoff, a pure number. {FromModel}",
        HelpName = "NUMBER",
    };

    private readonly Option<int?> _exponent = new("--exponent")
    {
        Description = $"beta of the inverse power law r^-beta, a pure even number. {FromModel}",
        HelpName = "NUMBER",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_model);
        verb.Add(_nonAdditivity);
        verb.Add(_cutoff);
        verb.Add(_smoothingOrder);
        verb.Add(_exponent);
    }

    /// <summary>The model with its overrides. Its units stay those of the preset.</summary>
    /// <exception cref="ArgumentException">There is no such model, a constant is out of range, or the model's law has no such constant.</exception>
    public GlassModel Read(ParseResult parse)
    {
        GlassModel model = GlassModel.Named(parse.GetRequiredValue(_model));
        double? nonAdditivity = parse.GetValue(_nonAdditivity), cutoff = parse.GetValue(_cutoff);
        int? smoothingOrder = parse.GetValue(_smoothingOrder), exponent = parse.GetValue(_exponent);
        if (nonAdditivity is null && cutoff is null && smoothingOrder is null && exponent is null)
            return model;
        PairPotential potential = model.Potential switch
        {
            PairPotential<InversePowerLaw> { Law: InversePowerLaw law } => new PairPotential<InversePowerLaw>(new InversePowerLaw(
                exponent ?? law.Exponent, cutoff ?? law.CutoffRatio, smoothingOrder ?? law.SmoothingOrder, nonAdditivity ?? law.NonAdditivity)),
            PairPotential<LennardJones> { Law: LennardJones law } when exponent is null && nonAdditivity is null =>
                new PairPotential<LennardJones>(new LennardJones(cutoff ?? law.CutoffRatio, smoothingOrder ?? law.SmoothingOrder)),
            _ => throw new ArgumentException($"model {model.Name}, {model.Potential}, does not have all of the constants that were given; --cutoff and --smoothing-order are those of ipl, poly and kalj, --exponent and --non-additivity those of ipl and poly"),
        };
        return model with { Potential = potential };
    }
}
