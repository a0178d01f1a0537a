/* The kernels of FastNqe in plain C++: what a competent programmer writes without intrinsics. FastNqe is measured against them.
 *
 * Fields (positions, displacements, forces) are n·d doubles, row major, in the caller's order. Boxes are cubic. Displacement fields
 * are those of arXiv:1912.10930; with f1..f4 the derivatives of the pair energy with respect to r², x = x_j - x_i, z = z_j - z_i,
 * a = x·z and b = z·z, every kernel is a sum over pairs of a few terms (contractions.hpp).
 */
#ifndef FASTNQE_PEER_H
#define FASTNQE_PEER_H

#ifdef __cplusplus
extern "C" {
#endif

/* The smoothed inverse power law with beta = 10, q = 3: phi = y^-5 + c0 + c2 y + c4 y² + c6 y³, y = r²/lambda_ij² below the squared cutoff,
 * lambda_ij = (s_i + s_j)/2 (1 - non_additivity |s_i - s_j|). */
typedef struct peer_law {
    double cutoff;         /* in units of lambda_ij */
    double non_additivity;
    double c0, c2, c4, c6;
} peer_law;

/* A glass with its table of interacting pairs and their derivatives. NULL if the dimension is not 2, 3 or 4. */
typedef struct peer_glass peer_glass;
peer_glass *peer_glass_create(int dimension, int n, double box, const double *positions, const double *sizes, const peer_law *law);
void peer_glass_destroy(peer_glass *glass);
long long peer_glass_pairs(const peer_glass *glass);
int peer_glass_bytes_per_pair(const peer_glass *glass);

/* Scalars: K = M:zz, T = U3:.zzz, Q = U4::zzzz, S = sum over pairs of b². Vectors have n·d numbers and are overwritten. */
double peer_hessian(const peer_glass *glass, const double *z, double *mz);                                /* K, M.z */
void peer_hessian_block(const peer_glass *glass, const double *z, double *mz);                            /* n·d rows of 8 vectors side by side */
void peer_cubic(const peer_glass *glass, const double *z, double *mz, double *uzz, double *k, double *t); /* M.z, U3:zz */
void peer_quartic(const peer_glass *glass, const double *z, double *mz, double *uzzz, double *k, double *q); /* M.z, U4:.zzz */
void peer_geometric(const peer_glass *glass, const double *z, double *gradient, double *scratch, double *k, double *s); /* gradient of K²/S */
void peer_scalars(const peer_glass *glass, const double *z, double *k, double *t, double *q, double *s);

/* A liquid with its neighbour list: all pairs closer than their cutoff plus a skin, at the positions given. NULL as above. */
typedef struct peer_liquid peer_liquid;
peer_liquid *peer_liquid_create(int dimension, int n, double box, double skin, const double *positions, const double *sizes, const peer_law *law);
void peer_liquid_destroy(peer_liquid *liquid);
long long peer_liquid_pairs(const peer_liquid *liquid);
void peer_liquid_forces(const peer_liquid *liquid, const double *positions, double *forces, double *energy, double *virial);

/* The compiler that made this library, for the heads of tables. */
const char *peer_compiler(void);

/* The calling thread's processor time [s]: what other programs take meanwhile does not count. */
double peer_thread_seconds(void);

/* STREAM's triad a = b + scalar·c: three streams of 8 bytes per element counted, and a fourth unseen one for reading a before it is written. */
void peer_triad(double *a, const double *b, const double *c, double scalar, long long length);

#ifdef __cplusplus
}
#endif
#endif
