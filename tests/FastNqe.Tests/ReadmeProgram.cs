namespace FastNqe.Tests;

/// <summary>The README's program, compiled. What stands between the two marks is in the README to the character.</summary>
internal static class ReadmeProgram
{
    public static void Run()
    {
        // begin
        Configuration liquid = Configuration.Read("sample.xyz");
        InherentState glass  = Quench.Run(liquid, InversePowerLaw.Binary3D);
        Eigenpair     soft   = glass.LowestEigenpairs(1)[0];
        QuarticMode   pi4    = QuarticMode.From(glass, soft.Vector);
        CubicMode     pi3    = CubicMode.From(glass, pi4.Direction);
        Console.WriteLine($"{soft.Frequency} {pi4.Frequency} {pi3.Frequency} {pi3.CubicCoefficient}");
        // end
    }
}
