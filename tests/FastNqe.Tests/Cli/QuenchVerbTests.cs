using static FastNqe.Tests.Cli.CommandLineRunner;

namespace FastNqe.Tests.Cli;

public sealed class QuenchVerbTests : WithFolder
{
    [TestCase("a03", "ipl-2d", "glass.xyz")]
    [TestCase("a04", "ipl-3d", "glass.xyz")]
    [TestCase("a05", "ipl-4d", "glass.txt")]
    public void The_inherent_state_is_written_to_the_last_bit(string name, string model, string file)
    {
        ReferenceCase liquid = ReferenceCase.Load(name);
        CommandResult result = Run("quench", liquid.ConfigurationPath, "--model", model, "-o", In(file));
        Assert.That(result.Code, Is.Zero, result.Error);
        Configuration read = Configuration.Read(In(file));
        InherentState expected = Quench.Run(liquid.Configuration, liquid.Potential);
        Assert.Multiple(() =>
        {
            Assert.That(read.Positions.ToArray(), Is.EqualTo(expected.Configuration.Positions.ToArray()));
            Assert.That(read.Diameters.ToArray(), Is.EqualTo(liquid.Configuration.Diameters.ToArray()));
            Assert.That(InherentState.At(read, liquid.Potential).MaxForce, Is.LessThan(1e-9));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Error, Does.Contain("largest net force"));
        });
    }
}
