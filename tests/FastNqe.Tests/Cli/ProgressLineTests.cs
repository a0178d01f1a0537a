using FastNqe.Cli;

namespace FastNqe.Tests.Cli;

public sealed class ProgressLineTests
{
    [Test]
    public void Time_left_follows_from_what_was_done_since_the_first_report()
    {
        TimeSpan now = TimeSpan.FromSeconds(100);
        var left = new TimeLeft(() => now);
        Assert.That(left.At(0.6), Is.Null);
        now += TimeSpan.FromSeconds(10);
        Assert.That(left.At(0.8)!.Value.TotalSeconds, Is.EqualTo(10).Within(1e-6));
        now += TimeSpan.FromSeconds(20);
        Assert.That(left.At(0.9)!.Value.TotalSeconds, Is.EqualTo(10).Within(1e-6));
        Assert.That(left.At(1), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void An_iteration_says_how_far_it_is_from_its_tolerance()
    {
        string text = Reported(
            line => line.Toward("quenching", "largest force", 1e-10),
            (1, 1.0), (5, 1e-5), (9, 1e-4), (2, 1e-3));
        Assert.That(text, Does.Contain("quenching: largest force 1.0e+0 of 1.0e-10, 0:00"));
        Assert.That(text, Does.Contain("largest force 1.0e-5 of 1.0e-10, 0:00, about 0:00 left"));
        Assert.That(text, Does.Contain("quenching (2): largest force 1.0e-3"), "the next iteration begins when sweeps begin anew");
    }

    [Test]
    public void A_stage_that_cannot_say_how_far_it_is_shows_the_time_it_takes()
    {
        using var error = new StringWriter();
        var line = new ProgressLine(error, visible: true);
        using (line.Clocked("normal modes", TimeSpan.FromMilliseconds(20)))
            Thread.Sleep(1000);
        line.Clear();
        Assert.That(error.ToString(), Does.Contain("normal modes, 0:00"));
    }

    [Test]
    public void What_nobody_sees_is_not_written()
    {
        using var error = new StringWriter();
        var line = new ProgressLine(error, visible: false);
        line.Toward("a", "b", 1e-9).Report(new WorkProgress(1, 1));
        line.Fraction("c").Report(0.5);
        Assert.That(error.ToString(), Is.Empty);
    }

    [Test]
    public void A_fraction_is_told_and_what_else_is_to_be_done_is_done()
    {
        using var error = new StringWriter();
        int calls = 0;
        IProgress<double> progress = new ProgressLine(error, visible: true).Fraction("equilibrating", () => calls++);
        progress.Report(0.2);
        Thread.Sleep(120);
        progress.Report(0.4);
        Assert.That(error.ToString(), Does.Contain("equilibrating 40 %, 0:0"));
        Assert.That(calls, Is.EqualTo(2));
    }

    private static string Reported(Func<ProgressLine, IProgress<WorkProgress>> progress, params (int Sweeps, double Residual)[] reports)
    {
        using var error = new StringWriter();
        IProgress<WorkProgress> told = progress(new ProgressLine(error, visible: true));
        foreach ((int sweeps, double residual) in reports)
        {
            // The line is not written more often than the eye can follow.
            Thread.Sleep(120);
            told.Report(new WorkProgress(sweeps, residual));
        }
        return error.ToString();
    }
}
