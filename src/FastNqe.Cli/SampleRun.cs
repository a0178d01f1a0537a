using System.Globalization;
using FastNqe.Cli.Output;

namespace FastNqe.Cli;

/// <summary>Makes the glasses of a run of sample, one after another, each written when it is made; keeps the liquid in between.</summary>
internal sealed class SampleRun(SampleArguments arguments, Session session)
{
    // Above that share of solid-like particles, a glass is none.
    private const double LargestCrystallineShare = 0.1;

    private readonly SamplingProtocol _protocol = arguments.Protocol;
    private readonly KeptLiquid _kept = new(arguments.LiquidPath, arguments.Protocol);
    private readonly List<double> _crystallineShares = [];
    private readonly SampleSeries _series = new();
    private SampleChain? _chain;

    /// <summary>Makes the samples that are not there yet.</summary>
    /// <param name="there">Those whose files were found; the liquid only passes by them.</param>
    public ExitCode Make(IReadOnlySet<long> there)
    {
        ExitCode code = ExitCode.Done;
        try
        {
            foreach (long sample in arguments.Samples)
            {
                if (there.Contains(sample))
                {
                    // Left by a process that was killed after it had written the glass.
                    File.Delete(KeptQuench.PathOf(arguments.PathOf(sample)));
                    session.Output.WriteLine(arguments.PathOf(sample));
                }
                else if (!Make(sample, $"glass {sample - arguments.First + 1} of {arguments.Count}"))
                    code = ExitCode.NotConverged;
            }
        }
        catch (OperationCanceledException) when (_chain is not null)
        {
            _kept.Save(_chain);
            throw;
        }
        _kept.RemoveUpTo(arguments.First + arguments.Count - 1);
        if (_chain is not null)
            Summarise(_chain);
        EquilibriumReport.Write(_series, arguments, session.Error);
        return code;
    }

    private bool Make(long sample, string which)
    {
        SampleChain chain = To(sample, which);
        Configuration liquid = chain.Prepare(session.Progress.Fraction($"{which}: cooling"), session.Cancellation);
        session.Stage($"{which}: quenching");
        string path = arguments.PathOf(sample);
        var kept = new KeptQuench(path, liquid, _protocol.Model.Potential, session.Quench($"{which}: quenching") with { ForceTolerance = arguments.ForceTolerance });
        InherentState glass = kept.Run(kept.Kept(), session);
        Configuration written = glass.Configuration.WithProperties(GlassProvenance.AtRest(glass, arguments.ForceTolerance));
        if (_protocol.Model.Polydispersity is not null)
        {
            double share = BondOrder.CrystallineShare(glass.Configuration);
            _crystallineShares.Add(share);
            written = written.WithProperties([new(GlassProperties.CrystallineShare, GlassProvenance.Exact(share))]);
        }
        written.Write(path);
        kept.Remove();
        session.Progress.Clear();
        session.Output.WriteLine(path);
        if (glass.Quench is not { Converged: false })
            return true;
        session.Error.WriteLine($"{path}: the quench did not converge, the largest net force is {TextTable.Magnitude(glass.MaxForce)}");
        return false;
    }

    // The chain of a sample, standing at the sample.
    private SampleChain To(long sample, string which)
    {
        bool isNew = _chain is null || _chain.Chain != _protocol.ChainOf(sample);
        SampleChain chain = _chain = isNew ? _kept.Open(sample) : _chain!;
        while (chain.Sample < sample)
        {
            string way = chain.Sample < chain.Chain * _protocol.ChainLength ? "equilibrating" : $"on the way to sample {chain.Sample + 1}";
            session.Stage($"{which}: {way}");
            chain.Advance(session.Progress.Fraction($"{which}: {way}", () => _kept.SaveNowAndThen(chain)), session.Cancellation);
            _series.Add(chain);
        }
        if (isNew && arguments.TestsEquilibrium)
            Test(chain, which);
        return chain;
    }

    private void Test(SampleChain chain, string which)
    {
        EquilibrationTest test;
        using (session.Clocked($"{which}: testing the equilibrium"))
            test = chain.TestEquilibrium(session.Cancellation);
        session.Progress.Clear();
        EquilibriumReport.Write(test, chain, _protocol.ParticleCount, session.Error);
    }

    // What says whether the liquid of a polydisperse model is one.
    private void Summarise(SampleChain chain)
    {
        if (_crystallineShares.Count == 0)
            return;
        string moves = string.Concat(
            chain.Swaps is { } swaps ? $"swap acceptance {TextTable.Number(swaps.Acceptance)}, " : "",
            chain.Displacements is { } displacements ? $"displacement acceptance {TextTable.Number(displacements.Acceptance)}, " : "");
        double largest = _crystallineShares.Max();
        session.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{moves}crystalline share of the glasses {100 * _crystallineShares.Min():0.0} to {100 * largest:0.0} %"));
        if (largest > LargestCrystallineShare)
            session.Error.WriteLine("some of these glasses have crystallised");
    }
}
