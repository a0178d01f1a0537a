/*
 * fastnqe.h - soft spots of computer glasses, from the memory of a simulation code.
 *
 * SYNOPSIS
 *     #include <fastnqe.h>
 *     cc program.c $(pkg-config --cflags --libs fastnqe)
 *
 * DESCRIPTION
 *     Particles in a periodic box and a pair potential make a glass; a glass gives its lowest normal modes, its quartic, cubic and
 *     pseudo-harmonic modes (nonlinear quasilocalized excitations), contractions of the energy's derivatives with displacement fields, and
 *     its elasticity. Equation numbers are those of G. Kapteijns, D. Richard, E. Lerner, Phys. Rev. E 101, 032130 (2020), arXiv:1912.10930.
 *
 *     Fields     A field has d numbers for each of N particles, in the caller's order: positions, displacements, forces. Its numbers lie
 *                where the strides of the glass say (see fnqe_system): x0 y0 z0 x1 ... unless said otherwise. "size" is the number of doubles
 *                that may be touched at each field pointer of a call; less than a field needs is an error. Numbers between those of a
 *                field are left alone. An output may be the same memory as an input.
 *
 *     Units      Energy, length and mass of the potential; unit mass; for the shipped models length in small-particle diameters.
 *
 *     Status     Every function that can fail returns an fnqe_status: 0 done; above 0 done, but something did not converge (results are
 *                given, with their residuals); below 0 nothing was done. The words for anything but 0 are in fnqe_last_error(). Nothing
 *                is printed; no exception and no signal leaves the library. What is checked: null pointers, sizes, handles, and numbers
 *                that are not finite in systems, tables, options, directions and positions (contractions hand them on, as sums do). What
 *                cannot be checked: a pointer to less memory than "size" says.
 *
 *     Handles    fnqe_potential, fnqe_glass and fnqe_force_field are numbers, not addresses: one that was freed or never given is
 *                refused. 0 is never valid. What is made from the caller's arrays is a copy; the arrays may go when the call returns. A
 *                glass does not need its potential's handle any more once it is made.
 *
 *     Threads    All functions may be called from any thread with 64 kB of stack. One glass or force field serves one call at a time; a
 *                second one gets FNQE_BUSY. Threads with glasses of their own do not disturb one another. A call works on the calling
 *                thread alone. The caller's floating-point environment (rounding, traps, flushing of subnormals) is put aside during a call.
 *
 *     Functions  Those of the caller (progress, custom potentials) run on the calling thread and may not leave by longjmp or an exception.
 *
 *     Process    The first call starts a thread that sleeps, and handlers for SIGSEGV and SIGFPE that pass on what is not the library's. Other
 *                signals, the environment and the current folder are left alone. A child made by fork without exec must not call. Where
 *                virtual memory is limited (ulimit -v), put a fifth of the limit into DOTNET_GCHeapHardLimit, in bytes as a
 *                hexadecimal number: without it, running out of memory may end the process instead of returning FNQE_OUT_OF_MEMORY.
 *
 *     Same bits  The same input gives the same bits, on any thread, for every vector width and level of this library, except for
 *                eigenpairs, which also depend on the BLAS that ARPACK-NG uses.
 *
 * ENVIRONMENT
 *     FASTNQE_SIMD     scalar, avx2 or avx512 forces a vector width.
 *     FASTNQE_ARPACK   the ARPACK-NG library, where it is not in a usual place. Only fnqe_lowest_eigenpairs needs it.
 */
#ifndef FASTNQE_H
#define FASTNQE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ status */

typedef int32_t fnqe_status;
enum {
    FNQE_DONE = 0,
    FNQE_NOT_CONVERGED = 1,   /* results are given, with residuals above the tolerance, or of a mode whose search came to no minimum */
    FNQE_BAD_ARGUMENT = -1,
    FNQE_BAD_HANDLE = -2,     /* freed, never given, or of another kind */
    FNQE_BUSY = -3,           /* another call is using the glass or force field */
    FNQE_CANCELLED = -4,      /* the progress function said so */
    FNQE_OUT_OF_MEMORY = -5,
    FNQE_NO_ARPACK = -6,      /* ARPACK-NG (or CHOLMOD, for shift-invert) is not on this machine */
    FNQE_FAILED = -7
};

/* ------------------------------------------------------------- the library */

/* The version, such as "0.1.0"; valid for the life of the process. */
const char *fnqe_version(void);

/* The vector width in use, 1, 4 or 8 doubles, and why, as a sentence that is valid for the life of the process. */
int32_t fnqe_simd_width(void);
const char *fnqe_simd_reason(void);

/* The x86-64 level this build was compiled for, and the best that the processor has: 1 (baseline), 3 (AVX2, FMA) or 4 (AVX-512); 0 on other
   processors. If the first is below the second, the loader did not see lib/glibc-hwcaps, and kernels run slower than they could. */
int32_t fnqe_build_level(void);
int32_t fnqe_cpu_level(void);

/* Copies the words for this thread's last status other than FNQE_DONE, as UTF-8 with a closing zero, cut to "size" bytes.
   Returns the number of bytes that the whole text needs. "buffer" may be NULL. */
int64_t fnqe_last_error(char *buffer, int64_t size);

/* Frees a potential, glass or force field; 0 is allowed and does nothing. Its memory goes once a call that is using it has returned. */
fnqe_status fnqe_free(uint64_t handle);

/* -------------------------------------------------------------- potentials */

typedef uint64_t fnqe_potential;

/* The potential of a model: ipl-2d, ipl-3d, ipl-4d, poly-3d, poly-3d-na01, kalj-3d, harmonic-3d or hertzian-3d, whose dimension the system has to
   have. Where the model is a mixture (all but poly) a system may give types instead of diameters: type 0 has diameter 1, type 1 has diameter
   1.4, in kalj-3d 0.88. */
fnqe_status fnqe_potential_model(const char *name, fnqe_potential *potential);

/* The smoothed inverse power law phi(r) = (l/r)^exponent + sum_{k=0..q} c_2k (r/l)^2k for r < cutoff l, else 0, whose first q derivatives
   vanish at the cutoff. l = (D_i + D_j)/2 (1 - n |D_i - D_j|) with diameters D.
       exponent         even, 4 to 48
       cutoff           in units of l, above 1
       smoothing_order  q, 1 to 4
       non_additivity   n [1/length], 0 to below 1 */
fnqe_status fnqe_potential_inverse_power(int32_t exponent, double cutoff, int32_t smoothing_order, double non_additivity, fnqe_potential *potential);

/* A potential of the caller's own, as two functions. "user" is handed to both. They are called when a glass is made or quenched or forces are
   computed, and have to give the same result for the same arguments and for exchanged particles. Sizes are the caller's diameters,
   unchanged: any positive numbers that tell the particles apart.
       cutoff       the distance at and beyond which two particles do not interact, positive. Where there are more than 64 sizes, the largest
                    cutoff of all has to occur between particles of the same size, or with the smallest or the largest size.
       derivatives  fills phi[0..4] with the pair energy and its first four derivatives, with respect to r² for FNQE_SQUARED_DISTANCE
                    ("x" is r²), or to r for FNQE_DISTANCE ("x" is r). Called only inside the cutoff.
   A smooth potential (four continuous derivatives at the cutoff) gives coefficients that are continuous in the positions. */
typedef double (*fnqe_cutoff_function)(void *user, double size_i, double size_j);
typedef void (*fnqe_pair_function)(void *user, double x, double size_i, double size_j, double phi[5]);
enum { FNQE_SQUARED_DISTANCE = 0, FNQE_DISTANCE = 1 };
fnqe_status fnqe_potential_custom(fnqe_cutoff_function cutoff, fnqe_pair_function derivatives, int32_t variable, void *user, fnqe_potential *potential);

/* A potential of the caller's own, as tables, one for every pair of types from 0 on, in any order. A system has to give types; diameters are not
   read. The arrays are copied.
       type_i, type_j  the types, in either order
       first, cutoff   the distances r of the first and of the last row, 0 < first < cutoff. Particles nearer than "first" are refused; at and
                       beyond "cutoff" they do not interact.
       rows            phi and its first four derivatives, five numbers a row, with respect to r² for FNQE_SQUARED_DISTANCE or r for
                       FNQE_DISTANCE. That variable, r² or r, advances by equal steps from row to row.
       rows_size       numbers at rows: five for each of five rows or more
   Between rows, phi is the expansion about the nearest row, and its derivatives are those of the expansion: rows come back exactly, and errors
   fall with the step h as h^9 for phi to h^5 for its fourth derivative. A soft inverse power law (r^-10) in 2000 rows is met to a relative 1e-8
   in the fourth derivative, 1e-10 in the third and 1e-12 below. Columns that are not each other's derivatives are refused. */
typedef struct fnqe_table {
    int32_t type_i;
    int32_t type_j;
    double first;
    double cutoff;
    const double *rows;
    int64_t rows_size;
} fnqe_table;
fnqe_status fnqe_potential_tabulated(const fnqe_table *tables, int64_t count, int32_t variable, fnqe_potential *potential);

/* ----------------------------------------------------------------- systems */

/* The caller's particles. Set it to zero first: {0}.
       dimension         d = 2, 3 or 4
       particles         N
       box               d x d matrix whose rows are the lattice vectors, row major in the first d*d numbers. Lower triangular with positive
                         diagonal, as in LAMMPS: {lx,0,0, xy,ly,0, xz,yz,lz}; right angles only in 4D. Every height has to be at
                         least twice the largest cutoff.
       positions         a field; particles need not lie inside the box
       diameters         N numbers, or NULL where types say them
       types             N numbers from 0 to 65535, or NULL
       particle_stride   doubles from one particle to the next, and from one component to the next. Both 0 stand for d and 1 (x0 y0 z0 x1
       component_stride  ...); 1 and N are x0 x1 ... y0 y1 ...; 4 and 1 are rows of four of which the last is somebody else's.
       *_size            numbers that may be touched at each pointer */
typedef struct fnqe_system {
    int32_t dimension;
    int32_t reserved;
    int64_t particles;
    double box[16];
    const double *positions;
    int64_t positions_size;
    const double *diameters;
    int64_t diameters_size;
    const int32_t *types;
    int64_t types_size;
    int64_t particle_stride;
    int64_t component_stride;
} fnqe_system;

/* Tolerance and limits of long work; a NULL pointer or zeros are the defaults.
       tolerance   quench: largest net force on a particle [energy/length], 1e-10. Modes: |M·z - c X|/|M·z| of eq. 8 or 26, 1e-9.
                   Eigenpairs: relative residual, 1e-9. Elasticity: relative residual of the linear solve, 1e-11.
       max_sweeps  sweeps over all pairs (Hessian products) after which the work ends as not converged
       method      modes: 0 one sweep per iteration, 1 macopt. Eigenpairs: 0 Chebyshev filter, 1 plain Lanczos, 2 shift-invert (needs CHOLMOD).
       progress    called on the calling thread after every iteration with the sweeps so far and the residual (NaN where it is not known
                   yet); anything but 0 from it ends the call with FNQE_CANCELLED. It may call other functions of this library, not with
                   the handle that is at work.
       user        handed to progress */
typedef int32_t (*fnqe_progress)(void *user, int64_t sweeps, double residual);
typedef struct fnqe_options {
    double tolerance;
    int64_t max_sweeps;
    int32_t method;
    int32_t reserved;
    fnqe_progress progress;
    void *user;
} fnqe_options;

/* ----------------------------------------------------------------- glasses */

typedef uint64_t fnqe_glass;

/* The glass at the caller's positions as they are, in equilibrium or not. Costs about five force computations; what follows costs one sweep
   over the stored pairs per contraction. */
fnqe_status fnqe_glass_at(const fnqe_system *system, fnqe_potential potential, fnqe_glass *glass);

/* The glass at the energy minimum that the caller's positions lead to. The glass is made also when FNQE_NOT_CONVERGED is returned. */
fnqe_status fnqe_glass_quench(const fnqe_system *system, fnqe_potential potential, const fnqe_options *options, fnqe_glass *glass);

typedef struct fnqe_glass_info {
    int32_t dimension;
    int32_t quenched;    /* 1 if made by fnqe_glass_quench */
    int64_t particles;
    int64_t pairs;       /* interacting pairs */
    double energy;       /* U */
    double pressure;     /* -sum phi' r/(d V), without a kinetic part */
    double max_force;    /* largest net force on a particle */
    int64_t iterations;  /* of the quench */
    int64_t sweeps;      /* force computations and Hessian products of the quench */
} fnqe_glass_info;
fnqe_status fnqe_glass_info_of(fnqe_glass glass, fnqe_glass_info *info);

/* The positions, after the quench if there was one; not wrapped into the box. */
fnqe_status fnqe_glass_positions(fnqe_glass glass, double *positions, int64_t size);

/* ------------------------------------------------------------ contractions */
/* M, U3, U4 are the second, third and fourth derivative of the energy U with respect to the positions (eqs. 2, 5, 6). Nothing needs to be
   normalised. One sweep over the pairs each. Scalar outputs may be NULL. */

/* product = M·z; *k = M:zz. */
fnqe_status fnqe_hessian_product(fnqe_glass glass, const double *z, double *product, int64_t size, double *k);

/* product = M·z; contraction = U3:zz; scalars = {M:zz, U3:.zzz}. */
fnqe_status fnqe_cubic_contraction(fnqe_glass glass, const double *z, double *product, double *contraction, int64_t size, double scalars[2]);

/* product = M·z; contraction = U4:.zzz; scalars = {M:zz, U4::zzzz}. */
fnqe_status fnqe_quartic_contraction(fnqe_glass glass, const double *z, double *product, double *contraction, int64_t size, double scalars[2]);

/* product = M·z; contraction_i = sum_j (z_ij·z_ij)(z_i - z_j); scalars = {M:zz, sum over pairs of (z_ij·z_ij)²} (eq. C3). */
fnqe_status fnqe_geometric_contraction(fnqe_glass glass, const double *z, double *product, double *contraction, int64_t size, double scalars[2]);

/* contraction = U3:uv, and U4:.uvw, of different fields. */
fnqe_status fnqe_mixed_cubic_contraction(fnqe_glass glass, const double *u, const double *v, double *contraction, int64_t size);
fnqe_status fnqe_mixed_quartic_contraction(fnqe_glass glass, const double *u, const double *v, const double *w, double *contraction, int64_t size);

/* What a direction z is like. None of these depends on the length of z; a uniform translation in it counts. */
typedef struct fnqe_coefficients {
    double stiffness;            /* kappa = M:zz/|z|² (eq. 11) */
    double cubic_coefficient;    /* tau = U3:.zzz/|z|³ (eq. 28) */
    double quartic_coefficient;  /* chi = U4::zzzz/|z|⁴ (eq. 10) */
    double participation_ratio;  /* e (eq. 14); N e is a number of particles */
    double quartic_energy;       /* kappa²/chi (eq. 12) */
    double cubic_energy;         /* kappa³/tau² (eq. 31) */
    double geometric_cost;       /* eq. C3 */
} fnqe_coefficients;
fnqe_status fnqe_coefficients_of(fnqe_glass glass, const double *z, int64_t size, fnqe_coefficients *coefficients);

/* ------------------------------------------------------------------- modes */

/* The lowest normal modes, the d uniform translations left out, lowest first.
       count    1 to N d - d
       pairs    room for "count" records; one that was not found has NaN for its numbers, an infinite residual, and no vector
       vectors  room for "count" fields one after the other, each as long as a field is from its first to its last number (N d without
                gaps); or NULL
       size     doubles that may be touched at "vectors" */
typedef struct fnqe_eigenpair {
    double stiffness;            /* the eigenvalue (eq. 11); negative for an unstable direction */
    double frequency;            /* sqrt(stiffness), or -sqrt(-stiffness) */
    double participation_ratio;
    double residual;
} fnqe_eigenpair;
fnqe_status fnqe_lowest_eigenpairs(fnqe_glass glass, int32_t count, const fnqe_options *options, fnqe_eigenpair *pairs, double *vectors, int64_t size);

/* The mode that minimising a cost from a direction leads to: quartic energy (eq. 12), cubic energy (eq. 31), geometric cost (eq. C3).
       direction  a field; its length and uniform translation do not matter. Usual: the lowest eigenvector for quartic and pseudo-harmonic
                  modes, the quartic mode for the cubic one.
       found      what was found
       mode       receives the mode, a field of length 1 without translation, or NULL. Signs: quartic and pseudo-harmonic modes overlap
                  positively with "direction"; a cubic mode has a positive cubic coefficient.
       size       doubles that may be touched at "direction" and at "mode"
   How a search ended:
       FNQE_END_CONVERGED      the residual is not above the tolerance
       FNQE_END_STAGNATED      neither the residual nor the cost got smaller any more: the tolerance is below what rounding allows
       FNQE_END_OUT_OF_SWEEPS  max_sweeps were done
       FNQE_END_UNDEFINED      the cost has no lower bound or no value where the search came to: the stiffness or the quartic coefficient is not
                               positive, or the cubic coefficient vanishes. The residual says nothing then. */
enum { FNQE_END_CONVERGED = 0, FNQE_END_STAGNATED = 1, FNQE_END_OUT_OF_SWEEPS = 2, FNQE_END_UNDEFINED = 3 };
typedef struct fnqe_mode {
    fnqe_coefficients coefficients;
    double frequency;            /* sqrt(stiffness) */
    double residual;             /* |M·z - c X|/|M·z| of eq. 8 or 26 */
    int32_t converged;           /* 1 if end is FNQE_END_CONVERGED, else 0 */
    int32_t end;                 /* how the search ended, one of FNQE_END_... */
    int64_t iterations;
    int64_t sweeps;
} fnqe_mode;
fnqe_status fnqe_quartic_mode(fnqe_glass glass, const double *direction, const fnqe_options *options, fnqe_mode *found, double *mode, int64_t size);
fnqe_status fnqe_cubic_mode(fnqe_glass glass, const double *direction, const fnqe_options *options, fnqe_mode *found, double *mode, int64_t size);
fnqe_status fnqe_pseudo_harmonic_mode(fnqe_glass glass, const double *direction, const fnqe_options *options, fnqe_mode *found, double *mode, int64_t size);

/* -------------------------------------------------------------- elasticity */

/* Athermal moduli at fixed box: affine (Born) part minus non-affine part, from linear solves for every shear plane and for dilation. */
typedef struct fnqe_moduli {
    double shear_modulus;        /* mean over the planes of simple shear */
    double bulk_modulus;
    double born_bulk_modulus;    /* the affine part of it */
    double pressure;
    double residual;             /* the largest relative residual of the solves */
    double stress[16];           /* d x d, tension positive */
} fnqe_moduli;
fnqe_status fnqe_moduli_of(fnqe_glass glass, const fnqe_options *options, fnqe_moduli *moduli);

/* The response to simple shear x_a -> x_a + gamma x_b; axes count from 0.
       force     receives the non-affine force d²U/dgamma dx, a field, or NULL
       velocity  receives the non-affine velocity -M^-1·force, a field without translation, or NULL
       size      doubles that may be touched at each of them */
typedef struct fnqe_shear {
    double modulus;              /* born_modulus - non_affine_modulus */
    double born_modulus;
    double non_affine_modulus;
    double stress;               /* (dU/dgamma)/V */
    double residual;
    int64_t sweeps;
} fnqe_shear;
fnqe_status fnqe_shear_response(fnqe_glass glass, int32_t a, int32_t b, const fnqe_options *options, fnqe_shear *shear, double *force, double *velocity, int64_t size);

/* *nu = non-affine force of simple shear, contracted with the mode divided by its length: how a mode couples to shear (eq. 29). */
fnqe_status fnqe_shear_coupling(fnqe_glass glass, int32_t a, int32_t b, const double *mode, int64_t size, double *nu);

/* --------------------------------------------- forces of particles that move */

typedef uint64_t fnqe_force_field;

/* A neighbour list with skin for particles that move in a fixed box; it is renewed by itself. "skin" [length] is how far beyond the cutoff
   pairs are listed; 0.3 suits dense liquids. */
fnqe_status fnqe_force_field_create(const fnqe_system *system, fnqe_potential potential, double skin, fnqe_force_field *force_field);

/* Forces at new positions of the same particles; *energy = U and *virial = sum over pairs of phi' r, each of which may be NULL. */
fnqe_status fnqe_forces(fnqe_force_field force_field, const double *positions, double *forces, int64_t size, double *energy, double *virial);

#ifdef __cplusplus
}
#endif

#endif
