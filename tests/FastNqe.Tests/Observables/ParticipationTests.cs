namespace FastNqe.Tests;

public sealed class ParticipationTests
{
    [Test]
    public void One_particle_has_one_over_N_and_all_alike_have_one()
    {
        Assert.That(Participation.Ratio([0, 0, 3, 4, 0, 0, 0, 0], 2), Is.EqualTo(0.25).Within(1e-15));
        Assert.That(Participation.Ratio([0, 5, 3, 4, -5, 0, 4, -3], 2), Is.EqualTo(1).Within(1e-15));
    }

    [TestCase(0)]
    [TestCase(-2)]
    [TestCase(3)]
    public void A_dimension_that_does_not_fit_is_refused(int dimension) =>
        Assert.That(() => Participation.Ratio(new double[4], dimension), Throws.ArgumentException.With.Message.Contains($"4 numbers for {dimension} dimensions"));
}
