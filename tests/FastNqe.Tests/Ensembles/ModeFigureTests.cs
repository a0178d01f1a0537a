using System.Xml.Linq;
using FastNqe.Ensembles;
using SkiaSharp;

namespace FastNqe.Tests.Ensembles;

/// <summary>The picture of modes: what is drawn where, and that the files are whole.</summary>
[TestFixture]
public sealed class ModeFigureTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fastnqe-figures-").FullName;

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_core_across_the_boundary_is_drawn_in_the_middle([Values(2, 3, 4)] int d)
    {
        Configuration glass = Lattice(d, 5);
        // Particle 0 sits in the corner; its neighbour along x sits at the far side of the box.
        double[] z = new double[glass.ParticleCount * d];
        z[0] = 1;
        z[4 * d] = -1;
        double[] core = ModeView.Core(glass, z);
        ModeView view = ModeView.Of(glass, z, core, (0, 1));

        Assert.That(core[0], Is.EqualTo(-0.5).Within(1e-12));
        Assert.That(view.Particles.Where(particle => particle.Magnitude == 1).Select(particle => Math.Round(particle.X, 12)), Is.EquivalentTo(new[] { 0.5, -0.5 }));
        Assert.That(view.Particles.Select(particle => Math.Abs(particle.X)), Is.All.LessThanOrEqualTo(2.5 + 1e-12));
    }

    [Test]
    public void Lengths_are_in_units_of_a0_and_the_axes_say_so()
    {
        Configuration unit = Lattice(3, 5);
        Configuration wide = new(Box.Cubic(3, 5 * 1.7), [.. unit.Positions.ToArray().Select(x => 1.7 * x)], [.. Enumerable.Repeat(1.7, unit.ParticleCount)]);
        double[] z = new double[unit.ParticleCount * 3];
        z[0] = 1;
        ModeView.Particle[] Seen(Configuration glass) => [.. ModeView.Of(glass, z, [0, 0, 0], (0, 1)).Particles.OrderBy(p => Math.Round(p.X, 9)).ThenBy(p => Math.Round(p.Y, 9))];
        foreach ((ModeView.Particle first, ModeView.Particle second) in Seen(unit).Zip(Seen(wide)))
            Assert.That((second.X, second.Y, second.Diameter), Is.EqualTo((first.X, first.Y, 1.0)).Using<(double X, double Y, double Diameter)>((a, b) =>
                Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y) + Math.Abs(a.Diameter - b.Diameter) < 1e-9));

        string svg = Path.Combine(_folder, "units.svg");
        ModeFigure.Save(svg, wide, [("quartic", z)]);
        string words = XDocument.Load(svg).Root!.Value;
        Assert.That(words, Does.Contain("x from the core [a").And.Contain("y from the core [a"));
    }

    [Test]
    public void Arrows_and_magnitudes_are_relative_to_the_largest_displacement()
    {
        Configuration glass = Lattice(3, 4);
        double[] z = new double[glass.ParticleCount * 3];
        (z[3], z[4], z[5]) = (6, 0, 8);
        z[7] = -5;
        ModeView view = ModeView.Of(glass, z, [0, 0, 0], (0, 2));

        Assert.Multiple(() =>
        {
            Assert.That(view.Particles[^1], Has.Property("U").EqualTo(0.6).And.Property("V").EqualTo(0.8).And.Property("Magnitude").EqualTo(1));
            Assert.That(view.Particles[^2], Has.Property("U").EqualTo(0).And.Property("V").EqualTo(0).And.Property("Magnitude").EqualTo(0.5));
        });
    }

    [Test]
    public void The_plane_is_the_one_that_shows_most()
    {
        double[] alongYAndW = [0, 2, 0.1, 1, 0.1, 2, 0, -1];
        Assert.That(ModeView.Axes(4, [alongYAndW]), Is.EqualTo((1, 3)));
    }

    [Test]
    public void Png_and_svg_are_written_whole([Values(2, 3, 4)] int d)
    {
        Configuration glass = Lattice(d, 4);
        double[] z = new double[glass.ParticleCount * d];
        z[0] = 1;
        string png = Path.Combine(_folder, $"modes{d}.png"), svg = Path.Combine(_folder, $"modes{d}.svg");
        ModeFigure.Save(png, glass, [("harmonic ω", z), ("quartic", z)]);
        ModeFigure.Save(svg, glass, [("harmonic ω", z), ("quartic", z)]);

        using SKBitmap image = SKBitmap.Decode(png);
        XElement drawing = XDocument.Load(svg).Root!;
        Assert.Multiple(() =>
        {
            Assert.That(image.Width, Is.GreaterThan(image.Height));
            Assert.That(image.Pixels.Distinct().Count(), Is.GreaterThan(20));
            Assert.That(drawing.Descendants().Count(element => element.Name.LocalName is "circle" or "ellipse" or "path"), Is.GreaterThan(2 * glass.ParticleCount));
            Assert.That(Directory.GetFiles(_folder, "*.tmp"), Is.Empty);
        });
    }

    [Test]
    public void Both_panels_show_their_mode()
    {
        Configuration glass = Lattice(2, 6);
        double[] z = new double[glass.ParticleCount * 2];
        z[0] = 1;
        string png = Path.Combine(_folder, "panels.png");
        ModeFigure.Save(png, glass, [("first", z), ("second", z)]);
        using SKBitmap image = SKBitmap.Decode(png);
        SKColor strongest = ModePanel.Colour(1);
        int[] columns = [.. Enumerable.Range(0, image.Width).Where(x => Enumerable.Range(0, image.Height * 9 / 10).Any(y => image.GetPixel(x, y) == strongest))];
        Assert.That(columns, Is.Not.Empty);
        Assert.That(columns.Min(), Is.LessThan(image.Width / 2));
        Assert.That(columns.Max(), Is.GreaterThan(image.Width / 2));
    }

    [Test]
    public void Bad_input_is_named()
    {
        Configuration glass = Lattice(2, 4);
        double[] z = new double[32], still = new double[32], broken = new double[32];
        (z[0], broken[1]) = (1, double.NaN);
        string path = Path.Combine(_folder, "bad.png");
        Assert.Multiple(() =>
        {
            Assert.That(() => ModeFigure.Save(path, glass, []), Throws.ArgumentException.With.Message.Contains("no mode"));
            Assert.That(() => ModeFigure.Save(path, glass, [("short", new double[30])]), Throws.ArgumentException.With.Message.Contains("\"short\" has 30 numbers; expected 32"));
            Assert.That(() => ModeFigure.Save(path, glass, [("still", still)]), Throws.ArgumentException.With.Message.Contains("zero everywhere"));
            Assert.That(() => ModeFigure.Save(path, glass, [("broken", broken)]), Throws.ArgumentException.With.Message.Contains("NaN"));
            Assert.That(() => ModeFigure.Save(Path.Combine(_folder, "bad.gif"), glass, [("z", z)]), Throws.ArgumentException.With.Message.Contains(".png or .svg"));
            Assert.That(() => ModeFigure.Save(Path.Combine(_folder, "missing", "modes.png"), glass, [("z", z)]), Throws.InstanceOf<IOException>());
            Assert.That(File.Exists(path), Is.False);
        });
    }

    private static Configuration Lattice(int d, int side)
    {
        int n = (int)Math.Round(Math.Pow(side, d));
        double[] positions = new double[n * d];
        for (int i = 0; i < n; i++)
            for (int axis = 0, rest = i; axis < d; axis++, rest /= side)
                positions[i * d + axis] = rest % side;
        return new Configuration(Box.Cubic(d, side), positions);
    }
}
