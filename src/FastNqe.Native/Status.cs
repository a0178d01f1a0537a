namespace FastNqe.Native;

/// <summary>What every function of the C interface returns (fnqe_status in fastnqe.h).</summary>
internal enum Status
{
    Done = 0,
    NotConverged = 1,
    BadArgument = -1,
    BadHandle = -2,
    Busy = -3,
    Cancelled = -4,
    OutOfMemory = -5,
    NoArpack = -6,
    Failed = -7,
}

/// <summary>An error whose status is not told by the exception's type.</summary>
internal sealed class StatusException(Status status, string message) : Exception(message)
{
    public Status Status { get; } = status;
}
