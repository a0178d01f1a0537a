namespace FastNqe;

/// <summary>CHOLMOD, which only shift-invert needs, is not on this machine.</summary>
public sealed class CholmodNotFoundException : Exception
{
    /// <summary>A message made of the reason alone.</summary>
    public CholmodNotFoundException(string reason)
        : base(reason)
    {
    }

    /// <summary>A message made of the reason and the failure below it.</summary>
    public CholmodNotFoundException(string reason, Exception innerException)
        : base(reason, innerException)
    {
    }

    /// <summary>No message.</summary>
    public CholmodNotFoundException()
    {
    }
}
