using System.CommandLine;

namespace FastNqe.Cli;

/// <summary>--model and the constants of its potential that can be overridden; shared by every verb that needs a potential.</summary>
internal sealed class ModelOptions
{
    private const string FromModel = "[default: the model's]";

    private readonly Option<string?> _model = new("--model", "-m")
    {
        Description = $"The model glass: {string.Join(", ", GlassModel.All.Select(model => model.Name))}.",
        HelpName = "NAME",
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
    /// <param name="verb">The verb.</param>
    /// <param name="isRequired">Whether the verb always needs a model.</param>
    public void AddTo(Command verb, bool isRequired = true)
    {
        _model.Required = isRequired;
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
        GlassModel model = GlassModel.Named(parse.GetValue(_model) ?? throw new ArgumentException($"{_model.Name} is missing; expected one of {string.Join(", ", GlassModel.All.Select(preset => preset.Name))}"));
        return model.With(new PotentialConstants
        {
            Exponent = parse.GetValue(_exponent),
            Cutoff = parse.GetValue(_cutoff),
            SmoothingOrder = parse.GetValue(_smoothingOrder),
            NonAdditivity = parse.GetValue(_nonAdditivity),
        });
    }
}
