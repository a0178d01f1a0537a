using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FastNqe.Tests;

/// <summary>What is said when a native library is missing, is another, or has other integers.</summary>
public sealed class NativeLibraryTests
{
    [Test]
    public void Info_names_the_library_its_integers_and_one_blas_thread()
    {
        ArpackInfo info = ArpackInfo.Read();

        Assert.That(File.Exists(info.Path), info.Path);
        Assert.That(info.IntegerBits, Is.EqualTo(32).Or.EqualTo(64));
        Assert.That(info.BlasThreads, info.BlasName == "OpenBLAS" ? Is.EqualTo(1) : Is.Zero);
        Assert.That(info.BlasIsReentrant, Is.Not.EqualTo(info.BlasVersion.Contains("SINGLE_THREADED")), info.BlasVersion);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Only_where_blas_is_not_reentrant_do_callers_take_turns(bool reentrant)
    {
        Blas blas = new("test", "", 1, reentrant);
        using ManualResetEventSlim entered = new();
        Thread other = new(() =>
        {
            using (blas.Turn())
                entered.Set();
        });
        using (blas.Turn())
        {
            other.Start();
            Assert.That(entered.Wait(reentrant ? 60_000 : 100), Is.EqualTo(reentrant));
        }
        Assert.That(entered.Wait(60_000), Is.True);
        other.Join();
    }

    // The count belongs to the whole process: numpy or a simulation code may want more than one.
    [Test]
    public unsafe void The_thread_count_of_blas_is_one_during_a_solve_and_the_owners_afterwards()
    {
        nint arpack = NativeLibrary.Load(ArpackLibrary.Default.Path);
        if (!NativeLibrary.TryGetExport(arpack, "openblas_get_parallel", out nint parallel) || ((delegate* unmanaged[Cdecl]<int>)parallel)() != 1)
            Assert.Ignore("the BLAS here is not OpenBLAS with POSIX threads");
        var set = (delegate* unmanaged[Cdecl]<int, void>)NativeLibrary.GetExport(arpack, "openblas_set_num_threads");
        var get = (delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(arpack, "openblas_get_num_threads");
        int before = get();
        try
        {
            set(2);
            using (ArpackLibrary.Default.Blas.Turn())
            using (ArpackLibrary.Default.Blas.Turn())
                Assert.That(get(), Is.EqualTo(1));
            Assert.That(get(), Is.EqualTo(2));
            (Configuration configuration, PairPotential potential) = TestGlasses.Named("3D");
            _ = InherentState.At(configuration, potential).LowestEigenpairs(1);
            Assert.That(get(), Is.EqualTo(2));
        }
        finally
        {
            set(before);
        }
    }

    [Test]
    public void A_missing_arpack_is_reported_with_what_to_install()
    {
        string missing = Path.Combine(TestContext.CurrentContext.WorkDirectory, "no-such-arpack.so");

        Assert.That(
            () => ArpackLibrary.Open(missing),
            Throws.InstanceOf<ArpackNotFoundException>()
                .With.Message.Contains($"FASTNQE_ARPACK is \"{missing}\", which does not exist")
                .And.Message.Contains("Install it ("));
    }

    [Test]
    public void A_file_that_is_no_library_is_reported()
    {
        string text = Path.Combine(TestContext.CurrentContext.WorkDirectory, "text.so");
        File.WriteAllText(text, "not a library");

        Assert.That(() => ArpackLibrary.Open(text), Throws.InstanceOf<ArpackNotFoundException>().With.Message.Contains("not a library that can be loaded"));
    }

    [Test]
    public void A_library_without_the_routines_is_reported()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("the library taken for it is Linux's");

        Assert.That(() => ArpackLibrary.Open("libm.so.6"), Throws.InstanceOf<ArpackNotFoundException>().With.Message.Contains("has no dsaupd_c"));
    }

    [Test]
    public void A_missing_cholmod_is_reported_with_what_to_do()
    {
        Assert.That(
            () => CholmodLibrary.Open("/no/such/cholmod.so"),
            Throws.InstanceOf<CholmodNotFoundException>().With.Message.Contains("/no/such/cholmod.so").And.Message.Contains("ChebyshevFilter"));
    }

    [Test]
    public void A_library_that_is_not_cholmod_is_reported()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("the library taken for it is Linux's");

        Assert.That(() => CholmodLibrary.Open("libm.so.6"), Throws.InstanceOf<CholmodNotFoundException>().With.Message.Contains("libm.so.6 is not CHOLMOD"));
    }

    [Test]
    public void A_library_with_other_routines_under_the_names_is_found_out()
    {
        string library = Compile("void dsaupd_c(void) {} void dseupd_c(void) {}", "impostor");

        Assert.That(() => ArpackLibrary.Open(library), Throws.InstanceOf<ArpackNotFoundException>().With.Message.Contains("expected a negative number of 32 or 64 bits"));
    }

    [Test]
    public void A_library_with_64_bit_integers_gives_the_same_bits()
    {
        ArpackLibrary narrow = ArpackLibrary.Default;
        if (narrow.IntegerBits != 32)
            Assert.Ignore("this machine's ARPACK has 64-bit integers already");
        // A library with 64-bit integers, made of the one with 32 by converting every argument.
        ArpackLibrary wide = ArpackLibrary.Open(Compile(WideSource(narrow.Path), "wide"));
        Assert.That(wide.IntegerBits, Is.EqualTo(64));
        TestMatrix springs = TestMatrix.Springs(80, 3, seed: 2);

        foreach (EigenpairMethod method in (EigenpairMethod[])[EigenpairMethod.Plain, EigenpairMethod.ChebyshevFilter])
        {
            using ArpackInstance instance = wide.TryCreateInstance()!;
            EigenpairSet set = new LowestSearch(springs, new() { Method = method }, instance).Run(3, springs.NullSpace, seed: 1);
            EigenpairSet expected = Eigensolver.Lowest(springs, 3, new() { Method = method });
            Assert.That(set.Pairs.SelectMany(pair => pair.Vector), Is.EqualTo(expected.Pairs.SelectMany(pair => pair.Vector)));
        }
    }

    [Test]
    public void Where_copies_cannot_be_loaded_one_instance_serves_all_in_turn()
    {
        ArpackPool pool = new(ArpackLibrary.Default, copies: false);
        ArpackInstance only = pool.Rent();
        using ManualResetEventSlim rented = new();
        Thread other = new(() =>
        {
            pool.Return(pool.Rent());
            rented.Set();
        });
        other.Start();

        Assert.That(rented.Wait(100), Is.False, "the second renter waits");
        pool.Return(only);
        Assert.That(rented.Wait(10_000), Is.True, "and goes on when the instance is back");
        other.Join();
    }

    [TestCase(1000, true)]
    [TestCase(16 << 20, false)]
    public unsafe void A_small_work_space_is_kept_for_the_next_solve_and_a_large_one_is_not(int length, bool isKept)
    {
        ArpackPool pool = new(ArpackLibrary.Default, copies: false);
        ArpackInstance instance = pool.Rent();
        instance.Workspace((nuint)length)[length - 1] = 1;
        pool.Return(instance);
        Assert.That(pool.Rent(), Is.SameAs(instance));
        Assert.That(instance.WorkspaceLength >= (nuint)length, Is.EqualTo(isKept));
        Assert.That(instance.Workspace((nuint)length) is not null);
        pool.Return(instance);
    }

    private static string Compile(string source, string name)
    {
        string folder = TestContext.CurrentContext.WorkDirectory;
        string library = Path.Combine(folder, $"lib{name}.so");
        string file = Path.Combine(folder, $"{name}.c");
        File.WriteAllText(file, source);
        try
        {
            using Process compiler = Process.Start(new ProcessStartInfo("gcc", ["-shared", "-fPIC", "-o", library, file, "-ldl"]) { RedirectStandardError = true })!;
            string errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            Assert.That(compiler.ExitCode, Is.Zero, errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("gcc is not on this machine");
        }
        return library;
    }

    private static string WideSource(string narrow) => $$"""
        #include <dlfcn.h>
        #include <stdint.h>
        static void *library(void) { static void *handle; return handle ? handle : (handle = dlopen("{{narrow}}", RTLD_NOW)); }
        static int iparam[11], ipntr[14], select_[4096];
        static void in(const int64_t *p) { for (int k = 0; k < 11; k++) iparam[k] = (int)p[k]; }
        static void out(int64_t *p, int64_t *q) { for (int k = 0; k < 11; k++) { p[k] = iparam[k]; q[k] = ipntr[k]; } }
        typedef void aupd(int*, char*, int, char*, int, double, double*, int, double*, int, int*, int*, double*, double*, int, int*);
        typedef void eupd(int, char*, int*, double*, double*, int, double, char*, int, char*, int, double, double*, int, double*, int, int*, int*, double*, double*, int, int*);
        void dsaupd_c(int64_t *ido, char *bmat, int64_t n, char *which, int64_t nev, double tol, double *resid, int64_t ncv, double *v, int64_t ldv, int64_t *p, int64_t *q, double *workd, double *workl, int64_t lworkl, int64_t *info)
        {
            int ido4 = (int)*ido, info4 = (int)*info;
            in(p);
            ((aupd *)dlsym(library(), "dsaupd_c"))(&ido4, bmat, (int)n, which, (int)nev, tol, resid, (int)ncv, v, (int)ldv, iparam, ipntr, workd, workl, (int)lworkl, &info4);
            out(p, q);
            *ido = ido4;
            *info = info4;
        }
        void dseupd_c(int64_t rvec, char *howmny, int64_t *select, double *d, double *z, int64_t ldz, double sigma, char *bmat, int64_t n, char *which, int64_t nev, double tol, double *resid, int64_t ncv, double *v, int64_t ldv, int64_t *p, int64_t *q, double *workd, double *workl, int64_t lworkl, int64_t *info)
        {
            int info4 = (int)*info;
            in(p);
            ((eupd *)dlsym(library(), "dseupd_c"))((int)rvec, howmny, select_, d, z, (int)ldz, sigma, bmat, (int)n, which, (int)nev, tol, resid, (int)ncv, v, (int)ldv, iparam, ipntr, workd, workl, (int)lworkl, &info4);
            out(p, q);
            *info = info4;
        }
        """;
}
