using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace FastNqe.Contractions;

/// <summary>Code that works on a run of chunks.</summary>
internal interface IChunkedKernel
{
    /// <summary>Does the chunks from <paramref name="firstChunk"/> to before <paramref name="endChunk"/>.</summary>
    /// <param name="firstChunk">The first.</param>
    /// <param name="endChunk">The one after the last.</param>
    /// <param name="thread">Which of the threads at work this is, from 0: for working memory of its own.</param>
    void Run<T, TDim>(int firstChunk, int endChunk, int thread)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension;
}

/// <summary>
/// The threads that share sweeps: each takes an unbroken run of chunks and writes what belongs to it, so there is nothing to lock.
/// They are started once, and a sweep allocates nothing.
/// </summary>
internal static class SweepTeam
{
    private static readonly Lock Busy = new();
    private static readonly List<Worker> Workers = [];

    /// <summary>Runs a kernel over chunks 0 to <paramref name="chunks"/> - 1, on so many threads at most. Of what they throw the first chunks' is passed on, as one thread alone would have thrown it.</summary>
    public static void Run<TKernel>(ref TKernel kernel, int chunks, int atMost, int dimension, SimdWidth width) where TKernel : struct, IChunkedKernel
    {
        int threads = Math.Min(atMost, chunks);
        if (threads <= 1 || !Busy.TryEnter())
        {
            Part<TKernel>.Do(ref kernel, 0, chunks, 0, dimension, width);
            return;
        }
        try
        {
            while (Workers.Count < threads - 1)
                Workers.Add(new Worker());
            Shared<TKernel>.Kernel = kernel;
            (Shared<TKernel>.Chunks, Shared<TKernel>.Threads, Shared<TKernel>.Dimension, Shared<TKernel>.Width) = (chunks, threads, dimension, width);
            for (int k = 1; k < threads; k++)
                Workers[k - 1].Begin(Shared<TKernel>.Do, k);
            Exception? failure = null;
            try
            {
                Shared<TKernel>.Do(0);
            }
            finally
            {
                // Whatever happened here, the others still use what is shared.
                for (int k = threads - 1; k > 0; k--)
                    failure = Workers[k - 1].Finish() ?? failure;
                Shared<TKernel>.Kernel = default;
            }
            if (failure is not null)
                ExceptionDispatchInfo.Throw(failure);
        }
        finally
        {
            Busy.Exit();
        }
    }

    // The kernel at work, where the workers find it; one sweep at a time.
    private static class Shared<TKernel> where TKernel : struct, IChunkedKernel
    {
        public static readonly Action<int> Do = RunPart;
        public static TKernel Kernel;
        public static int Chunks, Threads, Dimension;
        public static SimdWidth Width;

        private static void RunPart(int thread)
        {
            TKernel kernel = Kernel;
            Part<TKernel>.Do(ref kernel, (int)((long)Chunks * thread / Threads), (int)((long)Chunks * (thread + 1) / Threads), thread, Dimension, Width);
        }
    }

    // A run of chunks, as a kernel for the dispatch.
    private readonly ref struct Part<TKernel>(ref TKernel kernel, int first, int end, int thread) : IKernel where TKernel : struct, IChunkedKernel
    {
        private readonly ref TKernel _kernel = ref kernel;

        public static void Do(ref TKernel kernel, int first, int end, int thread, int dimension, SimdWidth width)
        {
            var part = new Part<TKernel>(ref kernel, first, end, thread);
            KernelDispatch.Run(ref part, dimension, width);
        }

        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension => _kernel.Run<T, TDim>(first, end, thread);
    }

    [SuppressMessage("Design", "CA1001", Justification = "Workers and their signals live as long as the process.")]
    private sealed class Worker
    {
        private readonly Signal _begin = new(), _end = new();
        private Action<int>? _work;
        private int _thread;
        private Exception? _failure;

        public Worker() => new Thread(Loop) { IsBackground = true, Name = "FastNqe sweep" }.Start();

        public void Begin(Action<int> work, int thread)
        {
            (_work, _thread) = (work, thread);
            _begin.Give();
        }

        // Waits, and returns what went wrong.
        public Exception? Finish()
        {
            _end.Await();
            Exception? failure = _failure;
            _failure = null;
            return failure;
        }

        private void Loop()
        {
            while (true)
            {
                _begin.Await();
                try
                {
                    _work!(_thread);
                }
                catch (Exception failure)
                {
                    _failure = failure;
                }
                _end.Give();
            }
        }
    }

    // An event of the system: waiting for a monitor would allocate.
    private sealed class Signal() : EventWaitHandle(false, EventResetMode.AutoReset)
    {
        // Sweeps follow each other closely: looking out for the next one a little saves waking up.
        private const int SpinCount = 2000;

        private bool _given;

        public void Give()
        {
            Volatile.Write(ref _given, true);
            Set();
        }

        public void Await()
        {
            for (int spin = 0; spin < SpinCount && !Volatile.Read(ref _given); spin++)
                Thread.SpinWait(8);
            WaitOne();
            Volatile.Write(ref _given, false);
        }
    }
}
