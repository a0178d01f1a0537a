using FastNqe.Ensembles;

namespace FastNqe.Tests;

public sealed class PotentialConstantsTests
{
    [Test]
    public void Constants_take_the_place_of_the_presets_and_leave_the_rest()
    {
        GlassModel poly = GlassModel.Poly3D.With(new() { Cutoff = 1.5 }), kalj = GlassModel.KobAndersen3D.With(new() { Cutoff = 2.4, SmoothingOrder = 2 });
        Assert.That(PotentialConstants.Of(poly.Potential), Is.EqualTo(new PotentialConstants { Exponent = 10, Cutoff = 1.5, SmoothingOrder = 3, NonAdditivity = 0.2 }));
        Assert.That(PotentialConstants.Of(kalj.Potential), Is.EqualTo(new PotentialConstants { Cutoff = 2.4, SmoothingOrder = 2 }));
    }

    [Test]
    public void Constants_that_are_the_presets_own_leave_it_the_preset()
    {
        foreach (GlassModel model in GlassModel.All)
            Assert.That(model.With(PotentialConstants.Of(model.Potential)), Is.EqualTo(model), model.Name);
    }

    [Test]
    public void A_law_without_the_constant_is_an_error_that_says_which_have_it()
    {
        Assert.That(() => GlassModel.KobAndersen3D.With(new() { NonAdditivity = 0.1 }), Throws.ArgumentException.With.Message.Contains("no non-additivity"));
        Assert.That(() => GlassModel.Harmonic3D.With(new() { Cutoff = 1.1 }), Throws.ArgumentException.With.Message.Contains("those of ipl, poly and kalj"));
        Assert.That(() => GlassModel.Ipl3D.With(new() { Cutoff = 0.5 }), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void Studies_take_the_constants_that_the_command_line_takes()
    {
        Study study = ShippedStudies.All[0] with { Model = "kalj-3d", Cutoff = 2.4, SmoothingOrder = 2 };
        Assert.That(SampleSource.Model(study).Potential.ToString(), Is.EqualTo("Kob-Andersen Lennard-Jones, cutoff 2.4, smoothing order 2"));
        Assert.That(() => SampleSource.Model(study with { NonAdditivity = 0.1 }), Throws.ArgumentException.With.Message.Contains("no non-additivity"));
    }
}
