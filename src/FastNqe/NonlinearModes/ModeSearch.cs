using FastNqe.Contractions;

namespace FastNqe;

/// <summary>Where a minimisation ended.</summary>
internal readonly record struct SearchResult(double Residual, SearchEnd End, int Iterations, int Sweeps);

/// <summary>What both minimisers share: the point z on the unit sphere without translations, M·z, X_z, and the residual there.</summary>
internal sealed class SearchPoint(PairTable pairs, CostFunction cost)
{
    public RowField Z { get; } = pairs.Order.NewField();

    /// <summary>M·z.</summary>
    public RowField Stiffness { get; } = pairs.Order.NewField();

    /// <summary>X_z.</summary>
    public RowField Form { get; } = pairs.Order.NewField();

    public double K { get; set; }

    public double X { get; set; }

    public int Sweeps { get; set; }

    /// <summary>The value of the cost.</summary>
    public double Cost => cost.Value(K, X);

    /// <summary>Whether the cost has a value and a lower bound here.</summary>
    public bool IsDefined => K > 0 && (cost.FormPower == 1 ? X > 0 : X != 0);

    /// <summary>Evaluates at z after making it normalised and free of translations.</summary>
    public void Evaluate()
    {
        FieldAlgebra.RemoveTranslation(Z, pairs.Order);
        FieldAlgebra.Scale(Z, 1 / FieldAlgebra.Norm(Z));
        (K, X) = cost.Evaluate(pairs, Z, Stiffness, Form);
        Sweeps++;
    }

    /// <summary>The gradient of the cost's logarithm, 2p (M·z/K - X_z/X), and the residual |M·z - (K/X) X_z|/|M·z|.</summary>
    public double Gradient(RowField gradient)
    {
        double factor = 2 * cost.StiffnessPower;
        FieldAlgebra.Combine(gradient, factor / K, Stiffness, -factor / X, Form);
        return FieldAlgebra.Norm(gradient) * Math.Abs(K) / (factor * FieldAlgebra.Norm(Stiffness));
    }
}
