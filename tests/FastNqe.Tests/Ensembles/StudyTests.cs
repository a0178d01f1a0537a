using System.Text;
using FastNqe.Ensembles;

namespace FastNqe.Tests.Ensembles;

/// <summary>Study files: what they mean, and that every mistake in one is named with its line.</summary>
[TestFixture]
public sealed class StudyTests
{
    private const string Good = """
        {
          // three glasses
          "name": "small",
          "about": "Öl",
          "model": "ipl-2d",
          "particles": 400,
          "temperature": 1.0,
          "samples": 30,
          "seed": 12345678901234,
          "preparation": "cooled",
          "coolingRate": 1e-3,
          "finalTemperature": 0.1,
          "chainLength": 10,
          "equilibrationTime": 50,
          "spacing": 2.5,
          "density": 0.86,
          "nonAdditivity": 0.05,
          "cutoff": 1.48,
          "smoothingOrder": 3,
          "harmonicModes": 4,
          "cubicStarts": "nonaffine",
          "moduli": true,
          "keep": ["modes", "glasses"],
        }
        """;

    [Test]
    public void Every_key_is_read()
    {
        Assert.That(Parse(Good), Is.EqualTo(new Study
        {
            Name = "small",
            About = "Öl",
            Model = "ipl-2d",
            Particles = 400,
            Temperature = 1,
            Samples = 30,
            Seed = 12345678901234,
            Preparation = Preparation.Cooled,
            CoolingRate = 1e-3,
            FinalTemperature = 0.1,
            ChainLength = 10,
            EquilibrationTime = 50,
            Spacing = 2.5,
            Density = 0.86,
            NonAdditivity = 0.05,
            Cutoff = 1.48,
            SmoothingOrder = 3,
            HarmonicModes = 4,
            CubicStarts = CubicStarts.NonAffine,
            Moduli = true,
            KeepModes = true,
            KeepGlasses = true,
        }));
    }

    [Test]
    public void A_study_is_written_as_it_is_read()
    {
        Study fromFiles = Parse("""{"name": "files", "model": "poly-3d", "configurations": "my glasses/", "quench": true, "samples": 3}""");
        foreach (Study study in ShippedStudies.All.Append(Parse(Good)).Append(fromFiles))
            Assert.That(Study.Parse(study.ToJson(), "again"), Is.EqualTo(study));
    }

    [Test]
    public void The_first_samples_are_kept_for_the_report_unless_the_study_keeps_nothing()
    {
        Study usual = Parse("""{"name": "a", "model": "ipl-3d", "particles": 100, "temperature": 2, "samples": 30}""");
        Study nothing = Parse("""{"name": "a", "model": "ipl-3d", "particles": 100, "temperature": 2, "samples": 30, "keep": []}""");
        Assert.Multiple(() =>
        {
            Assert.That((usual.KeepsGlass(19), usual.KeepsModes(19), usual.KeepsGlass(20), usual.KeepsModes(20)), Is.EqualTo((true, true, false, false)));
            Assert.That((nothing.KeepsGlass(0), nothing.KeepsModes(0)), Is.EqualTo((false, false)));
            Assert.That(Study.Parse(nothing.ToJson(), "again"), Is.EqualTo(nothing));
            Assert.That(nothing.Identity, Is.EqualTo(usual.Identity));
        });
    }

    [Test]
    public void Identity_is_what_the_numbers_depend_on()
    {
        Study study = Parse(Good);
        Assert.Multiple(() =>
        {
            Assert.That((study with { Name = "other", About = "", Samples = 5, KeepModes = false }).Identity, Is.EqualTo(study.Identity));
            foreach (Study other in new[]
                {
                    study with { Seed = 2 }, study with { Temperature = 1.1 }, study with { ChainLength = 11 }, study with { Cutoff = 1.5 },
                    study with { Particles = 402 }, study with { Model = "ipl-3d" }, study with { Preparation = null }, study with { HarmonicModes = 1 },
                    study with { CubicStarts = CubicStarts.Quartic }, study with { Moduli = false }, study with { Spacing = null },
                })
                Assert.That(other.Identity, Is.Not.EqualTo(study.Identity));
        });
    }

    [Test]
    public void Chains_hold_every_sample_once([Values(1, 9, 10, 11, 100)] int samples, [Values(1, 10, 64)] int length)
    {
        Study study = SyntheticSource.Study(samples, length);
        int[] all = [.. Enumerable.Range(0, study.ChainCount).SelectMany(chain => Enumerable.Range(0, samples).Take(study.SamplesOf(chain)))];
        Assert.That(all, Is.EqualTo(Enumerable.Range(0, samples)));
        Assert.That(all.Select(study.ChainOf), Is.EqualTo(all.Select(sample => sample / length)));
    }

    [TestCase("\"particles\": 400", "\"particels\": 400", 6, "unknown key \"particels\"")]
    [TestCase("\"particles\": 400", "\"Particles\": 400", 6, "did you mean \"particles\"?")]
    [TestCase("\"particles\": 400", "\"particles\": 400.5", 6, "particles is 400.5; expected an integer from 2 to 10000000")]
    [TestCase("\"particles\": 400", "\"particles\": \"400\"", 6, "particles is \"400\"; expected an integer")]
    [TestCase("\"particles\": 400", "\"particles\": 1", 6, "expected an integer from 2")]
    [TestCase("\"particles\": 400", "\"samples\": 400", 8, "\"samples\" is given twice, first in line 6")]
    [TestCase("\"particles\": 400", "\"particles\": [400]", 6, "particles is an array; expected")]
    [TestCase("\"temperature\": 1.0", "\"temperature\": -1.0", 7, "temperature is -1.0; expected a positive number")]
    [TestCase("\"temperature\": 1.0", "\"temperature\": 1e999", 7, "expected a positive number")]
    [TestCase("\"temperature\": 1.0", "\"temperature\": null", 7, "temperature is null; expected a positive number")]
    [TestCase("\"temperature\": 1.0", "\"temperature\": 0.05", 12, "finalTemperature is 0.1; expected less than the temperature 0.05")]
    [TestCase("\"model\": \"ipl-2d\"", "\"model\": \"ipl-5d\"", 5, "model is \"ipl-5d\"; expected one of ipl-2d, ipl-3d, ipl-4d, poly-3d")]
    [TestCase("\"model\": \"ipl-2d\"", "\"model\": true", 5, "model is true; expected one of")]
    [TestCase("\"preparation\": \"cooled\"", "\"preparation\": \"instantaneous\"", 11, "\"coolingRate\" has no meaning here: preparation is instantaneous")]
    [TestCase("\"preparation\": \"cooled\"", "\"preparation\": \"slow\"", 10, "preparation is \"slow\"; expected one of \"instantaneous\", \"cooled\"")]
    [TestCase("\"preparation\": \"cooled\"", "\"configurations\": \"here\"", 6, "\"particles\" has no meaning here: the glasses come from files")]
    [TestCase("\"preparation\": \"cooled\"", "\"quench\": true", 10, "\"quench\" has no meaning here")]
    [TestCase("\"name\": \"small\"", "\"name\": \"../small\"", 3, "name is \"../small\"; expected 1 to 100 letters")]
    [TestCase("\"name\": \"small\",", "", 1, "key \"name\" is missing")]
    [TestCase("\"seed\": 12345678901234", "\"seed\": -1", 9, "seed is -1; expected an integer from 0")]
    [TestCase("\"moduli\": true", "\"moduli\": 1", 22, "moduli is 1; expected true or false")]
    [TestCase("\"modes\", \"glasses\"", "\"modes\", \"forces\"", 23, "keep is \"forces\"; expected an array of")]
    [TestCase("\"modes\", \"glasses\"", "\"modes\", 3", 23, "keep is 3; expected an array of")]
    [TestCase("\"seed\": 12345678901234,", "\"seed\": 12345678901234", 10, "not JSON")]
    [TestCase("\"glasses\"],\n}", "\"glasses\"],", 23, "not JSON")]
    [TestCase("\"glasses\"],\n}", "\"glasses\"]} {", 23, "not JSON")]
    [TestCase("{\n  // three", "[\n // three", 1, "expected a study: an object")]
    public void A_mistake_is_named_with_its_line(string right, string wrong, int line, string message)
    {
        string text = Good.Replace(right, wrong, StringComparison.Ordinal);
        Assert.That(text, Is.Not.EqualTo(Good));
        StudyFormatException exception = Assert.Throws<StudyFormatException>(() => Parse(text))!;
        Assert.That(exception.Message, Does.Contain(message));
        Assert.That(exception.Message, Does.StartWith($"study.json:{line}: "));
    }

    [Test]
    public void Fuzzed_files_are_read_or_refused_and_nothing_else()
    {
        Random random = new(20260101);
        byte[] good = Encoding.UTF8.GetBytes(Good);
        byte[] spice = "{}[]\",:0123456789.eE+-nulltruefalse\\u/ \n\0\uFFFD"u8.ToArray();
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            List<byte> bytes = [.. good];
            for (int change = random.Next(1, 6); change > 0 && bytes.Count > 1; change--)
            {
                int at = random.Next(bytes.Count);
                switch (random.Next(4))
                {
                    case 0:
                        bytes[at] = spice[random.Next(spice.Length)];
                        break;
                    case 1:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 2:
                        bytes.Insert(at, spice[random.Next(spice.Length)]);
                        break;
                    default:
                        bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                        break;
                }
            }
            try
            {
                Study study = StudyFile.Parse(bytes.ToArray(), "fuzz");
                Assert.That(Study.Parse(study.ToJson(), "again"), Is.EqualTo(study));
            }
            catch (StudyFormatException exception)
            {
                Assert.That(exception.Line, Is.InRange(1, bytes.Count(b => b == '\n') + 1));
                refused++;
            }
        }
        Assert.That(refused, Is.InRange(5_000, 19_999));
    }

    [Test]
    public void Shipped_studies_are_those_of_the_paper_and_a_small_one()
    {
        Assert.That(ShippedStudies.All.Select(study => (study.Name, study.Particles, study.Samples)), Is.SupersetOf(new[]
        {
            ("ipl-2d-400", 400, 10_000), ("ipl-2d-1600", 1600, 10_000), ("ipl-2d-6400", 6400, 10_000), ("ipl-2d-25600", 25_600, 10_000),
            ("ipl-3d-2048", 2048, 320_000), ("ipl-3d-8192", 8192, 80_000), ("ipl-3d-32768", 32_768, 20_000), ("ipl-4d-10000", 10_000, 2_000),
            ("poly-0.35-2000", 2000, 10_000), ("poly-0.50-2000", 2000, 10_000), ("poly-1.30-2000", 2000, 10_000),
            ("poly-0.35-8000", 8000, 1_000), ("poly-0.50-8000", 8000, 1_000), ("poly-1.30-8000", 8000, 1_000), ("demo", 512, 400),
        }));
        Assert.That(ShippedStudies.Named("demo").About, Is.Not.Empty);
        Assert.That(() => ShippedStudies.Named("ipl-7d"), Throws.ArgumentException.With.Message.Contains("expected one of demo, ipl-2d-1600"));
    }

    private static Study Parse(string json) => StudyFile.Parse(Encoding.UTF8.GetBytes(json), "study.json");
}
