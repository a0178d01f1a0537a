using FastNqe.Contractions;

namespace FastNqe;

/// <summary>A pair energy and its first four derivatives with respect to u = r², at one pair.</summary>
/// <param name="F0">f(u) = phi(r) [energy].</param>
/// <param name="F1">f' = phi'/(2r) [energy/length²].</param>
/// <param name="F2">f'' [energy/length⁴].</param>
/// <param name="F3">f''' [energy/length⁶].</param>
/// <param name="F4">f'''' [energy/length⁸].</param>
public readonly record struct PairDerivatives(double F0, double F1, double F2, double F3, double F4);

/// <summary>
/// A pair potential as the rest of the library sees it; <see cref="PairPotential{TLaw}"/> makes one from any <see cref="IPairLaw"/>.
/// </summary>
public abstract class PairPotential
{
    private protected PairPotential()
    {
    }

    /// <summary>The distance at and beyond which two particles do not interact [length].</summary>
    public abstract double Cutoff(double sizeI, double sizeJ);

    /// <summary>The energy and derivatives of one pair; all zero at and beyond the cutoff.</summary>
    /// <param name="squaredDistance">u = r² [length²], positive.</param>
    /// <param name="sizeI">The size of one particle.</param>
    /// <param name="sizeJ">The size of the other particle.</param>
    public abstract PairDerivatives At(double squaredDistance, double sizeI, double sizeJ);

    /// <summary><see cref="IPairLaw.IsCostly"/> of the law.</summary>
    internal abstract bool IsCostly { get; }

    /// <summary><see cref="IPairLaw.IsReducible"/> of the law.</summary>
    internal abstract bool IsReducible { get; }

    /// <summary>Calls the visitor with the law as its concrete type, so that kernels can be compiled for it.</summary>
    internal abstract void Accept<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IPairLawVisitor, allows ref struct;
}

/// <summary>What is done with a law once its type is known: a kernel compiled for that law.</summary>
internal interface IPairLawVisitor
{
    void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw;
}

/// <summary>The potential made of a law.</summary>
/// <typeparam name="TLaw">The law's struct.</typeparam>
/// <param name="law">The law with its constants.</param>
public sealed class PairPotential<TLaw>(TLaw law) : PairPotential where TLaw : struct, IPairLaw
{
    /// <summary>The law with its constants.</summary>
    public TLaw Law { get; } = law;

    /// <inheritdoc/>
    public override double Cutoff(double sizeI, double sizeJ) =>
        Law.Cutoff(Lanes1.Splat(sizeI), Lanes1.Splat(sizeJ)).Value;

    /// <inheritdoc/>
    public override PairDerivatives At(double squaredDistance, double sizeI, double sizeJ)
    {
        (Lanes1 u, Lanes1 i, Lanes1 j) = (Lanes1.Splat(squaredDistance), Lanes1.Splat(sizeI), Lanes1.Splat(sizeJ));
        Lanes1 cutoff = Law.Cutoff(i, j);
        if (!(squaredDistance < (cutoff * cutoff).Value))
            return default;
        Law.Energy(u, i, j, out Lanes1 f0, out _);
        Law.Derivatives(u, i, j, out Lanes1 f1, out Lanes1 f2, out Lanes1 f3, out Lanes1 f4);
        return new PairDerivatives(f0.Value, f1.Value, f2.Value, f3.Value, f4.Value);
    }

    /// <inheritdoc/>
    public override string ToString() => Law.ToString() ?? typeof(TLaw).Name;

    internal override bool IsCostly => TLaw.IsCostly;

    internal override bool IsReducible => TLaw.IsReducible;

    internal override void Accept<TVisitor>(ref TVisitor visitor) => visitor.Visit(Law);
}
