using System.Runtime.InteropServices;

namespace FastNqe;

/// <summary>ARPACK-NG, or what is needed of it, is not on this machine. Everything that needs no eigenpairs works without it.</summary>
public sealed class ArpackNotFoundException : Exception
{
    /// <summary>A message made of the reason alone.</summary>
    public ArpackNotFoundException(string reason)
        : base(reason)
    {
    }

    /// <summary>A message made of the reason and the failure below it.</summary>
    public ArpackNotFoundException(string reason, Exception innerException)
        : base(reason, innerException)
    {
    }

    /// <summary>No message.</summary>
    public ArpackNotFoundException()
    {
    }

    internal static ArpackNotFoundException Because(string reason, Exception? inner = null)
    {
        string message = $"ARPACK-NG, which finds eigenpairs, cannot be used: {reason}. {Advice}";
        return inner is null ? new(message) : new(message, inner);
    }

    private static string Advice
    {
        get
        {
            string install = RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "brew install arpack"
                : RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "vcpkg install arpack-ng, or conda install -c conda-forge arpack"
                : "apt-get install libarpack2 libopenblas0-pthread (Debian, Ubuntu), dnf install arpack (Fedora), or conda install -c conda-forge arpack";
            return $"Install it ({install}), or set {ArpackLibrary.Variable} to the file of an ARPACK-NG library built with its C interface (ICB).";
        }
    }
}
