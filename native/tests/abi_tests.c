/* Tests of the C interface, one by one: abi_tests NAME. */
#define _GNU_SOURCE
#include "liquid.h"

#include <fenv.h>
#include <pthread.h>
#include <signal.h>
#include <xmmintrin.h>

/* The loader has to find the best build for this processor; the compiler's runtime tells the processor's features independently. */
static void level(void) {
    int best = 1;
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2")) best = 3;
    if (best == 3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) best = 4;
    printf("version %s, build level %d, processor level %d, width %d: %s\n",
           fnqe_version(), fnqe_build_level(), fnqe_cpu_level(), fnqe_simd_width(), fnqe_simd_reason());
    REQUIRE(fnqe_cpu_level() == best);
    REQUIRE(fnqe_build_level() == best);
    REQUIRE(getenv("FASTNQE_SIMD") || fnqe_simd_width() == (best == 4 ? 8 : best == 3 ? 4 : 1));
}

static void sum_of_bits(void) { printf("%016llx\n", (unsigned long long)whole_way(0)); }

/* ------------------------------------------------------- what must be refused */

static void misuse(void) {
    liquid particles;
    fnqe_potential potential = 0, other = 0;
    fnqe_glass glass = 7;
    double z[FIELD], out[FIELD], nothing = 0;
    make_field(z);
    make_liquid(&particles, 0);

    REQUIRE(fnqe_potential_model(NULL, &potential) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_potential_model("ipl-5d", &potential) == FNQE_BAD_ARGUMENT);
    REQUIRE(strstr(words(), "ipl-5d") && strstr(words(), "poly-3d"));
    REQUIRE(fnqe_potential_model("ipl-3d", NULL) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_potential_inverse_power(11, 1.48, 3, 0, &potential) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_potential_inverse_power(10, NAN, 3, 0, &potential) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_potential_custom(NULL, NULL, 0, NULL, &potential) == FNQE_BAD_ARGUMENT);
    REQUIRE(potential == 0);
    potential = model();

    /* Handles: none, invented, of another kind, freed. */
    REQUIRE(fnqe_glass_at(&particles.system, 0, &glass) == FNQE_BAD_HANDLE && glass == 0);
    REQUIRE(fnqe_glass_at(&particles.system, 0xdeadbeefcafeu, &glass) == FNQE_BAD_HANDLE);
    REQUIRE(fnqe_hessian_product(potential, z, out, FIELD, NULL) == FNQE_BAD_HANDLE);
    REQUIRE(strstr(words(), "potential") && strstr(words(), "glass"));
    DONE(fnqe_glass_at(&particles.system, potential, &glass));
    DONE(fnqe_free(glass));
    REQUIRE(fnqe_hessian_product(glass, z, out, FIELD, NULL) == FNQE_BAD_HANDLE);
    REQUIRE(fnqe_free(glass) == FNQE_BAD_HANDLE);
    DONE(fnqe_free(0));
    const fnqe_glass stale = glass;
    DONE(fnqe_glass_at(&particles.system, potential, &glass));
    REQUIRE(glass != stale && fnqe_hessian_product(stale, z, out, FIELD, NULL) == FNQE_BAD_HANDLE);

    /* Fields: null, too short. */
    REQUIRE(fnqe_hessian_product(glass, NULL, out, FIELD, NULL) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_hessian_product(glass, z, NULL, FIELD, NULL) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_hessian_product(glass, z, out, FIELD - 1, NULL) == FNQE_BAD_ARGUMENT);
    REQUIRE(strstr(words(), "191") && strstr(words(), "192"));
    REQUIRE(fnqe_hessian_product(glass, z, out, -1, NULL) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_coefficients_of(glass, z, FIELD, NULL) == FNQE_BAD_ARGUMENT);

    /* Directions that lead nowhere. */
    fnqe_mode mode;
    memset(out, 0, sizeof out);
    REQUIRE(fnqe_quartic_mode(glass, out, NULL, &mode, NULL, FIELD) == FNQE_BAD_ARGUMENT);
    for (int k = 0; k < FIELD; k++) out[k] = 1;
    REQUIRE(fnqe_quartic_mode(glass, out, NULL, &mode, NULL, FIELD) == FNQE_BAD_ARGUMENT);
    REQUIRE(strstr(words(), "translation"));
    out[5] = NAN;
    REQUIRE(fnqe_cubic_mode(glass, out, NULL, &mode, NULL, FIELD) == FNQE_BAD_ARGUMENT);
    fnqe_options options = {0};
    options.tolerance = -1;
    REQUIRE(fnqe_quartic_mode(glass, z, &options, &mode, NULL, FIELD) == FNQE_BAD_ARGUMENT);
    options.tolerance = 0;
    options.method = 17;
    REQUIRE(fnqe_quartic_mode(glass, z, &options, &mode, NULL, FIELD) == FNQE_BAD_ARGUMENT);
    options.method = 0;
    options.max_sweeps = 3;
    REQUIRE(fnqe_pseudo_harmonic_mode(glass, z, &options, &mode, NULL, FIELD) == FNQE_NOT_CONVERGED && !mode.converged && mode.residual > 1e-9);
    REQUIRE(mode.end == FNQE_END_OUT_OF_SWEEPS && strstr(words(), "above the tolerance"));
    /* A direction along which U4 is negative has no quartic energy to minimise, whatever the residual is. */
    REQUIRE(fnqe_quartic_mode(glass, z, NULL, &mode, NULL, FIELD) == FNQE_NOT_CONVERGED && !mode.converged && mode.coefficients.quartic_coefficient < 0);
    REQUIRE(mode.end == FNQE_END_UNDEFINED && strstr(words(), "no minimum") && !strstr(words(), "above the tolerance"));
    fnqe_eigenpair pair;
    REQUIRE(fnqe_lowest_eigenpairs(glass, 0, NULL, &pair, NULL, 0) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_lowest_eigenpairs(glass, 1 << 30, NULL, &pair, NULL, 0) == FNQE_BAD_ARGUMENT && !strchr(words(), '\n'));
    REQUIRE(fnqe_shear_coupling(glass, 0, 3, z, FIELD, &nothing) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_shear_coupling(glass, -1, 0, z, FIELD, &nothing) == FNQE_BAD_ARGUMENT);

    /* Systems. */
#define REFUSED(change, word)                                                          \
    do {                                                                               \
        make_liquid(&particles, 0);                                                    \
        change;                                                                        \
        REQUIRE(fnqe_glass_at(&particles.system, potential, &other) == FNQE_BAD_ARGUMENT); \
        REQUIRE(other == 0 && strstr(words(), word) && !strchr(words(), '\n'));          \
    } while (0)
    REFUSED(particles.system.dimension = 5, "5");
    REFUSED((particles.system.dimension = 2, particles.system.box[3] = 9), "model ipl-3d");
    REFUSED(particles.system.particles = 0, "0 particles");
    REFUSED(particles.system.particles = INT64_MAX, "particles");
    REFUSED(particles.system.particles = N + 1, "room for 192");
    REFUSED(particles.system.positions = NULL, "null");
    REFUSED(particles.positions[0] = INFINITY, "particle 1");
    REFUSED(memcpy(particles.positions, particles.positions + D, D * sizeof(double)), "same place");
    REFUSED(particles.system.types = NULL, "diameters");
    REFUSED(particles.types[3] = 2, "species");
    REFUSED(particles.types[3] = -1, "-1");
    REFUSED(particles.types[3] = 100000000, "100000000");
    REFUSED(particles.types[3] = INT32_MAX, "2147483647");
    REFUSED(particles.system.box[0] = 0, "box");
    REFUSED(particles.system.box[0] = NAN, "box");
    REFUSED(particles.system.box[0] = 4, "too small");
    REFUSED(particles.system.box[1] = 0.1, "triangular");
    REFUSED(particles.system.particle_stride = -3, "stride");
    REFUSED((particles.system.particle_stride = 1, particles.system.component_stride = 1), "share");
    REFUSED((particles.system.particle_stride = INT64_MAX, particles.system.component_stride = 1), "stride");
    REFUSED((particles.system.diameters = particles.diameters, particles.system.diameters_size = N, particles.diameters[7] = -1), "particle 8");
    /* Positions that are none: refused, and the force field goes on with others. */
    make_liquid(&particles, 0);
    fnqe_force_field field;
    double expected[FIELD];
    DONE(fnqe_force_field_create(&particles.system, potential, 0.3, &field));
    DONE(fnqe_forces(field, particles.positions, expected, FIELD, NULL, NULL));
    for (int k = 0; k < 3; k++) {
        memcpy(z, particles.positions, sizeof z);
        z[20] = k == 0 ? NAN : k == 1 ? INFINITY : 1e300;
        REQUIRE(fnqe_forces(field, z, out, FIELD, NULL, NULL) == FNQE_BAD_ARGUMENT);
        REQUIRE(strstr(words(), "particle"));
        DONE(fnqe_forces(field, particles.positions, out, FIELD, NULL, NULL));
        REQUIRE(memcmp(out, expected, sizeof out) == 0);
    }
    DONE(fnqe_free(field));

    REQUIRE(fnqe_glass_at(NULL, potential, &other) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_glass_at(&particles.system, potential, NULL) == FNQE_BAD_ARGUMENT);

    char small[8];
    memset(small, 'x', sizeof small);
    REQUIRE(fnqe_last_error(small, 4) > 4 && small[3] == 0 && small[4] == 'x');
    REQUIRE(fnqe_last_error(NULL, 0) > 4 && fnqe_last_error(small, -5) > 4);
    DONE(fnqe_free(glass));
    DONE(fnqe_free(potential));
}

/* --------------------------------------------------------------------- threads */

enum { THREADS = 4 };

static void *way_of_own(void *sum) {
    *(uint64_t *)sum = whole_way(0);
    return NULL;
}

static fnqe_glass shared_glass;
static double shared_product[FIELD];

static void *crowd(void *wrong) {
    double z[FIELD], out[FIELD];
    make_field(z);
    for (int k = 0; k < 300; k++) {
        const fnqe_status status = fnqe_hessian_product(shared_glass, z, out, FIELD, NULL);
        if (status != FNQE_BUSY && (status != FNQE_DONE || memcmp(out, shared_product, sizeof out))) *(int *)wrong = 1;
    }
    return NULL;
}

static void threads(void) {
    pthread_t thread[THREADS];
    uint64_t alone = whole_way(0), sums[THREADS] = {0};
    for (int k = 0; k < THREADS; k++) pthread_create(&thread[k], NULL, way_of_own, &sums[k]);
    for (int k = 0; k < THREADS; k++) pthread_join(thread[k], NULL);
    for (int k = 0; k < THREADS; k++) REQUIRE(sums[k] == alone);

    double z[FIELD];
    int wrong[THREADS] = {0};
    make_field(z);
    shared_glass = quenched(0);
    DONE(fnqe_hessian_product(shared_glass, z, shared_product, FIELD, NULL));
    for (int k = 0; k < THREADS; k++) pthread_create(&thread[k], NULL, crowd, &wrong[k]);
    for (int k = 0; k < THREADS; k++) pthread_join(thread[k], NULL);
    for (int k = 0; k < THREADS; k++) REQUIRE(!wrong[k]);
    DONE(fnqe_free(shared_glass));
}

/* --------------------------------------------------------------------- layouts */

/* Spreads a field over a layout, and back. */
static void spread(const double *field, double *to, int64_t particle, int64_t component) {
    for (int i = 0; i < N; i++)
        for (int axis = 0; axis < D; axis++) to[i * particle + axis * component] = field[i * D + axis];
}

static void require_same(const double *field, const double *spread_out, int64_t particle, int64_t component, int room) {
    static double expected[8 * N];
    for (int k = 0; k < room; k++) expected[k] = -77;
    spread(field, expected, particle, component);
    REQUIRE(memcmp(expected, spread_out, sizeof(double) * (size_t)room) == 0);
}

static void layouts(void) {
    const int64_t strides[3][2] = {{1, N}, {4, 1}, {2, 2 * N + 5}};
    liquid particles;
    make_liquid(&particles, 0);
    const fnqe_potential potential = model();
    fnqe_glass plain;
    DONE(fnqe_glass_quench(&particles.system, potential, NULL, &plain));
    double z[FIELD], a[FIELD], b[FIELD], psi[2 * FIELD], at[FIELD];
    fnqe_eigenpair pairs[2];
    fnqe_mode mode;
    make_field(z);
    DONE(fnqe_lowest_eigenpairs(plain, 2, NULL, pairs, psi, 2 * FIELD));

    for (int k = 0; k < 3; k++) {
        const int64_t p = strides[k][0], c = strides[k][1];
        const int room = (int)((N - 1) * p + (D - 1) * c + 1);
        static double zs[8 * N], as[8 * N], bs[8 * N], xs[8 * N];
        REQUIRE(room + 1 < 8 * N);
        spread(particles.positions, xs, p, c);
        spread(z, zs, p, c);
        fnqe_system system = particles.system;
        system.positions = xs;
        system.positions_size = room;
        system.particle_stride = p;
        system.component_stride = c;
        fnqe_glass glass;
        DONE(fnqe_glass_quench(&system, potential, NULL, &glass));
#define CLEAR() for (int i = 0; i < 8 * N; i++) as[i] = bs[i] = -77
        CLEAR();
        DONE(fnqe_glass_positions(plain, at, FIELD));
        DONE(fnqe_glass_positions(glass, as, room));
        require_same(at, as, p, c, room + 1);
        CLEAR();
        DONE(fnqe_quartic_contraction(plain, z, a, b, FIELD, NULL));
        DONE(fnqe_quartic_contraction(glass, zs, as, bs, room, NULL));
        require_same(a, as, p, c, room + 1);
        require_same(b, bs, p, c, room + 1);
        CLEAR();
        DONE(fnqe_mixed_cubic_contraction(plain, z, psi, a, FIELD));
        spread(psi, bs, p, c);
        DONE(fnqe_mixed_cubic_contraction(glass, zs, bs, as, room));
        require_same(a, as, p, c, room + 1);
        CLEAR();
        fnqe_coefficients one, two;
        DONE(fnqe_coefficients_of(plain, z, FIELD, &one));
        DONE(fnqe_coefficients_of(glass, zs, room, &two));
        REQUIRE(memcmp(&one, &two, sizeof one) == 0);
        REQUIRE(fnqe_quartic_mode(plain, psi, NULL, &mode, a, FIELD) >= 0);
        spread(psi, bs, p, c);
        REQUIRE(fnqe_quartic_mode(glass, bs, NULL, &mode, as, room) >= 0);
        require_same(a, as, p, c, room + 1);
        CLEAR();
        fnqe_shear shear;
        DONE(fnqe_shear_response(plain, 0, 1, NULL, &shear, a, b, FIELD));
        DONE(fnqe_shear_response(glass, 0, 1, NULL, &shear, as, bs, room));
        require_same(a, as, p, c, room + 1);
        require_same(b, bs, p, c, room + 1);
        CLEAR();
        fnqe_force_field still, spaced;
        DONE(fnqe_force_field_create(&particles.system, potential, 0.3, &still));
        DONE(fnqe_force_field_create(&system, potential, 0.3, &spaced));
        DONE(fnqe_forces(still, particles.positions, a, FIELD, NULL, NULL));
        DONE(fnqe_forces(spaced, xs, as, room, NULL, NULL));
        require_same(a, as, p, c, room + 1);
        CLEAR();
        static double vectors[2 * 8 * N];
        DONE(fnqe_lowest_eigenpairs(glass, 2, NULL, pairs, vectors, 2 * room));
        for (int i = 0; i < room; i++) as[i] = -77;
        for (int i = 0; i < N; i++)
            for (int axis = 0; axis < D; axis++) {
                const double second = vectors[room + i * p + axis * c];
                REQUIRE(fabs(second - psi[FIELD + i * D + axis]) < 1e-12);
            }
        REQUIRE(fnqe_lowest_eigenpairs(glass, 2, NULL, pairs, vectors, 2 * room - 1) == FNQE_BAD_ARGUMENT);
        DONE(fnqe_free(glass));
        DONE(fnqe_free(still));
        DONE(fnqe_free(spaced));
    }
    DONE(fnqe_free(plain));
    DONE(fnqe_free(potential));
}

/* ---------------------------------------------------------------- identities */

static double dot(const double *a, const double *b) {
    double sum = 0;
    for (int k = 0; k < FIELD; k++) sum += a[k] * b[k];
    return sum;
}

static int near(double a, double b, double relative) { return fabs(a - b) <= relative * (fabs(a) + fabs(b)); }

static void identities(void) {
    const fnqe_glass glass = quenched(0);
    double z[FIELD], a[FIELD], b[FIELD], m[FIELD], s[2], k, nu;
    fnqe_coefficients c;
    fnqe_glass_info info;
    make_field(z);
    const double norm = sqrt(dot(z, z));
    DONE(fnqe_glass_info_of(glass, &info));
    REQUIRE(info.particles == N && info.dimension == D && info.quenched == 1 && info.max_force <= 1e-10 && info.pairs > 4 * N);
    DONE(fnqe_coefficients_of(glass, z, FIELD, &c));
    DONE(fnqe_hessian_product(glass, z, a, FIELD, &k));
    REQUIRE(near(k, dot(z, a), 1e-12) && near(k, c.stiffness * norm * norm, 1e-12));
    DONE(fnqe_cubic_contraction(glass, z, a, b, FIELD, s));
    REQUIRE(near(s[0], k, 1e-12) && near(s[1], dot(z, b), 1e-12) && near(s[1], c.cubic_coefficient * pow(norm, 3), 1e-12));
    DONE(fnqe_mixed_cubic_contraction(glass, z, z, m, FIELD));
    for (int i = 0; i < FIELD; i++) REQUIRE(fabs(m[i] - b[i]) < 1e-9 * (1 + fabs(b[i])));
    DONE(fnqe_quartic_contraction(glass, z, a, b, FIELD, s));
    REQUIRE(near(s[1], dot(z, b), 1e-12) && near(s[1], c.quartic_coefficient * pow(norm, 4), 1e-12));
    DONE(fnqe_mixed_quartic_contraction(glass, z, z, z, m, FIELD));
    for (int i = 0; i < FIELD; i++) REQUIRE(fabs(m[i] - b[i]) < 1e-8 * (1 + fabs(b[i])));
    DONE(fnqe_geometric_contraction(glass, z, a, b, FIELD, s));
    REQUIRE(near(s[0] * s[0] / s[1], c.geometric_cost, 1e-12));
    for (int power = -1000; power <= 1000; power += 250) {
        fnqe_coefficients scaled;
        for (int i = 0; i < FIELD; i++) b[i] = ldexp(z[i], power);
        DONE(fnqe_coefficients_of(glass, b, FIELD, &scaled));
        REQUIRE(memcmp(&c, &scaled, sizeof c) == 0);
    }

    /* The quartic mode is where M·z = (kappa/chi) U4:.zzz; the velocity solves M·v = -Xi; nu = Xi·z/|z|. */
    fnqe_mode mode;
    fnqe_shear shear;
    fnqe_eigenpair soft;
    double psi[FIELD], pi[FIELD], xi[FIELD], velocity[FIELD];
    DONE(fnqe_lowest_eigenpairs(glass, 1, NULL, &soft, psi, FIELD));
    DONE(fnqe_hessian_product(glass, psi, a, FIELD, NULL));
    for (int i = 0; i < FIELD; i++) REQUIRE(fabs(a[i] - soft.stiffness * psi[i]) < 1e-7);
    DONE(fnqe_quartic_mode(glass, psi, NULL, &mode, pi, FIELD));
    REQUIRE(near(dot(pi, pi), 1, 1e-12) && mode.residual < 1e-9 && mode.converged == 1 && mode.end == FNQE_END_CONVERGED);
    fnqe_options unreachable = {0};
    unreachable.tolerance = 1e-18;
    REQUIRE(fnqe_quartic_mode(glass, psi, &unreachable, &mode, NULL, FIELD) == FNQE_NOT_CONVERGED && mode.end == FNQE_END_STAGNATED && strstr(words(), "gets smaller"));
    DONE(fnqe_quartic_contraction(glass, pi, a, b, FIELD, NULL));
    for (int i = 0; i < FIELD; i++)
        REQUIRE(fabs(a[i] - mode.coefficients.stiffness / mode.coefficients.quartic_coefficient * b[i]) < 1e-7 * mode.coefficients.stiffness);
    DONE(fnqe_shear_response(glass, 0, 1, NULL, &shear, xi, velocity, FIELD));
    REQUIRE(near(shear.modulus, shear.born_modulus - shear.non_affine_modulus, 1e-12));
    DONE(fnqe_hessian_product(glass, velocity, a, FIELD, NULL));
    for (int i = 0; i < FIELD; i++) REQUIRE(fabs(a[i] + xi[i]) < 1e-8);
    DONE(fnqe_shear_coupling(glass, 0, 1, z, FIELD, &nu));
    REQUIRE(near(nu, dot(xi, z) / norm, 1e-10));

    /* The force field at the minimum. */
    liquid particles;
    make_liquid(&particles, 0);
    const fnqe_potential potential = model();
    fnqe_force_field field;
    double at[FIELD], energy, above, below, virial;
    DONE(fnqe_force_field_create(&particles.system, potential, 0.3, &field));
    DONE(fnqe_glass_positions(glass, at, FIELD));
    DONE(fnqe_forces(field, at, a, FIELD, &energy, &virial));
    REQUIRE(near(energy, info.energy, 1e-13));
    REQUIRE(near(-virial / (D * particles.system.box[0] * particles.system.box[4] * particles.system.box[8]), info.pressure, 1e-12));
    for (int i = 0; i < FIELD; i++) REQUIRE(fabs(a[i]) < 1e-9);
    /* Elsewhere it is minus the slope of the energy. */
    DONE(fnqe_forces(field, particles.positions, a, FIELD, &energy, NULL));
    for (int i = 0; i < FIELD; i += 29) {
        const double h = 1e-5, x = particles.positions[i];
        particles.positions[i] = x + h;
        DONE(fnqe_forces(field, particles.positions, b, FIELD, &above, NULL));
        particles.positions[i] = x - h;
        DONE(fnqe_forces(field, particles.positions, b, FIELD, &below, NULL));
        particles.positions[i] = x;
        REQUIRE(fabs(a[i] + (above - below) / (2 * h)) < 1e-6 * (100 + fabs(a[i])));
    }
    DONE(fnqe_free(field));
    DONE(fnqe_free(potential));
    DONE(fnqe_free(glass));
}

/* ------------------------------------------------- floating-point environment */

static void environment(void) {
    /* Made before: the C library's sines depend on the environment too. */
    liquid particles;
    double z[FIELD];
    make_liquid(&particles, 0);
    make_field(z);
    const uint64_t expected = way_of(&particles, z);
    fesetround(FE_UPWARD);
    REQUIRE(way_of(&particles, z) == expected && fegetround() == FE_UPWARD);
    fesetround(FE_TONEAREST);
    _mm_setcsr(_mm_getcsr() | 0x8040); /* subnormals to zero, as -ffast-math does */
    REQUIRE(way_of(&particles, z) == expected && (_mm_getcsr() & 0x8040) == 0x8040);
    _mm_setcsr(_mm_getcsr() & ~0x8040u);
    feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW); /* as -ffpe-trap does */
    REQUIRE(way_of(&particles, z) == expected && fegetexcept() == (FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW));
}

/* ----------------------------------------------------------- progress, cancel */

typedef struct watch {
    int64_t calls, sweeps;
    int64_t cancel_at;
    fnqe_glass glass;
    fnqe_status nested;
} watch;

static int32_t look(void *user, int64_t sweeps, double residual) {
    watch *seen = user;
    REQUIRE(sweeps >= seen->sweeps && !(residual < 0));
    seen->calls++;
    seen->sweeps = sweeps;
    if (seen->glass) {
        double z[FIELD], out[FIELD];
        make_field(z);
        seen->nested = fnqe_hessian_product(seen->glass, z, out, FIELD, NULL);
    }
    return seen->cancel_at > 0 && seen->calls >= seen->cancel_at;
}

static void progress(void) {
    liquid particles;
    make_liquid(&particles, 0);
    const fnqe_potential potential = model();
    const fnqe_glass own = quenched(1);
    fnqe_glass glass;
    fnqe_mode mode;
    fnqe_moduli moduli;
    fnqe_eigenpair pair;
    double z[FIELD];
    make_field(z);
    watch seen = {0};
    fnqe_options options = {0};
    options.progress = look;
    options.user = &seen;
    DONE(fnqe_glass_quench(&particles.system, potential, &options, &glass));
    fnqe_glass_info info;
    DONE(fnqe_glass_info_of(glass, &info));
    REQUIRE(seen.calls > 10 && seen.sweeps == info.sweeps && info.iterations <= seen.calls);

    /* A call on the handle at work is refused; on another glass it is done. */
    seen = (watch){.glass = glass};
    REQUIRE(fnqe_quartic_mode(glass, z, &options, &mode, NULL, FIELD) >= 0 && seen.nested == FNQE_BUSY && seen.sweeps == mode.sweeps);
    seen = (watch){.glass = own};
    REQUIRE(fnqe_cubic_mode(glass, z, &options, &mode, NULL, FIELD) >= 0 && seen.nested == FNQE_DONE);

#define CANCELLED(call)                                   \
    do {                                                  \
        seen = (watch){.cancel_at = 2};                   \
        REQUIRE((call) == FNQE_CANCELLED);                \
        REQUIRE(seen.calls == 2 && strstr(words(), "cancel")); \
    } while (0)
    fnqe_glass none = 1;
    CANCELLED(fnqe_glass_quench(&particles.system, potential, &options, &none));
    REQUIRE(none == 0);
    CANCELLED(fnqe_quartic_mode(glass, z, &options, &mode, NULL, FIELD));
    CANCELLED(fnqe_pseudo_harmonic_mode(glass, z, &options, &mode, NULL, FIELD));
    CANCELLED(fnqe_lowest_eigenpairs(glass, 1, &options, &pair, NULL, 0));
    CANCELLED(fnqe_moduli_of(glass, &options, &moduli));
    options.method = 1;
    CANCELLED(fnqe_cubic_mode(glass, z, &options, &mode, NULL, FIELD));
    options.progress = NULL;
    DONE(fnqe_lowest_eigenpairs(glass, 1, NULL, &pair, NULL, 0));
    DONE(fnqe_free(own));
    DONE(fnqe_free(glass));
    DONE(fnqe_free(potential));
}

/* -------------------------------------------------- a potential of the caller's */

static double own_length(double i, double j) { return 0.5 * (i + j) * (1 - fabs(i - j) / 24); }

static double own_cutoff(void *user, double i, double j) { return *(double *)user * own_length(i, j); }

static const double c0 = -1.11063376625118, c2 = 1.26761523722971, c4 = -0.496040607284921, c6 = 0.0660511826415732;

static void by_square(void *user, double u, double i, double j, double phi[5]) {
    const double q = 1 / (own_length(i, j) * own_length(i, j)), y = u * q;
    REQUIRE(*(double *)user == 1.48 && u > 0 && u < pow(own_cutoff(user, i, j), 2));
    phi[0] = pow(y, -5) + c0 + y * (c2 + y * (c4 + y * c6));
    phi[1] = q * (-5 * pow(y, -6) + c2 + y * (2 * c4 + y * 3 * c6));
    phi[2] = q * q * (30 * pow(y, -7) + 2 * c4 + 6 * c6 * y);
    phi[3] = q * q * q * (-210 * pow(y, -8) + 6 * c6);
    phi[4] = q * q * q * q * 1680 * pow(y, -9);
}

static void by_distance(void *user, double r, double i, double j, double phi[5]) {
    const double l = own_length(i, j), s = r / l;
    (void)user;
    phi[0] = pow(s, -10) + c0 + c2 * pow(s, 2) + c4 * pow(s, 4) + c6 * pow(s, 6);
    phi[1] = (-10 * pow(s, -11) + 2 * c2 * s + 4 * c4 * pow(s, 3) + 6 * c6 * pow(s, 5)) / l;
    phi[2] = (110 * pow(s, -12) + 2 * c2 + 12 * c4 * pow(s, 2) + 30 * c6 * pow(s, 4)) / (l * l);
    phi[3] = (-1320 * pow(s, -13) + 24 * c4 * s + 120 * c6 * pow(s, 3)) / (l * l * l);
    phi[4] = (17160 * pow(s, -14) + 24 * c4 + 360 * c6 * pow(s, 2)) / (l * l * l * l);
}

static double bad_cutoff(void *user, double i, double j) { return (void)user, i + j > 2.1 ? NAN : 1; }

static void no_numbers(void *user, double x, double i, double j, double phi[5]) {
    (void)user, (void)x, (void)i, (void)j;
    for (int k = 0; k < 5; k++) phi[k] = NAN;
}

static void no_fourth(void *user, double x, double i, double j, double phi[5]) {
    by_square(user, x, i, j, phi);
    phi[4] = INFINITY;
}

static void custom(void) {
    liquid particles;
    make_liquid(&particles, 0);
    particles.system.types = NULL;
    particles.system.diameters = particles.diameters;
    particles.system.diameters_size = N;
    const fnqe_potential shipped = model();
    fnqe_glass reference, glass;
    double z[FIELD], a[FIELD], b[FIELD], expected[FIELD], cutoff = 1.48;
    fnqe_coefficients one, two;
    make_field(z);
    DONE(fnqe_glass_quench(&particles.system, shipped, NULL, &reference));
    DONE(fnqe_coefficients_of(reference, z, FIELD, &one));
    DONE(fnqe_quartic_contraction(reference, z, a, expected, FIELD, NULL));
    for (int variable = 0; variable < 2; variable++) {
        fnqe_potential own;
        DONE(fnqe_potential_custom(own_cutoff, variable ? by_distance : by_square, variable, &cutoff, &own));
        DONE(fnqe_glass_quench(&particles.system, own, NULL, &glass));
        DONE(fnqe_free(own));
        cutoff = -1; /* a made glass asks its potential no more */
        DONE(fnqe_coefficients_of(glass, z, FIELD, &two));
        DONE(fnqe_quartic_contraction(glass, z, a, b, FIELD, NULL));
        cutoff = 1.48;
        REQUIRE(near(one.stiffness, two.stiffness, 1e-9) && near(one.cubic_coefficient, two.cubic_coefficient, 1e-8) && near(one.quartic_coefficient, two.quartic_coefficient, 1e-8));
        for (int k = 0; k < FIELD; k++) REQUIRE(fabs(b[k] - expected[k]) < 1e-6 * (1 + fabs(expected[k])));
        DONE(fnqe_free(glass));
    }
    fnqe_potential bad;
    DONE(fnqe_potential_custom(bad_cutoff, by_square, 0, &cutoff, &bad));
    REQUIRE(fnqe_glass_at(&particles.system, bad, &glass) == FNQE_BAD_ARGUMENT && strstr(words(), "cutoff"));
    DONE(fnqe_free(bad));
    DONE(fnqe_potential_custom(own_cutoff, no_numbers, 0, &cutoff, &bad));
    REQUIRE(fnqe_glass_at(&particles.system, bad, &glass) == FNQE_BAD_ARGUMENT);
    DONE(fnqe_free(bad));
    DONE(fnqe_potential_custom(own_cutoff, no_fourth, 0, &cutoff, &bad));
    REQUIRE(fnqe_glass_at(&particles.system, bad, &glass) == FNQE_BAD_ARGUMENT && strstr(words(), "phi[4]"));
    DONE(fnqe_free(bad));
    DONE(fnqe_free(reference));
    DONE(fnqe_free(shipped));
}

/* The same law as tables of the three pairs of types; arrays of the caller's that go when the potential is made. */
static fnqe_potential tabulated(int32_t variable, int rows) {
    static const double size[2] = {1, 1.4};
    double cutoff = 1.48;
    fnqe_table tables[3] = {0};
    fnqe_potential potential;
    for (int pair = 0; pair < 3; pair++) {
        const int i = pair > 0, j = pair > 1;
        const double first = 0.6, last = own_cutoff(&cutoff, size[i], size[j]);
        const double begin = variable ? first : first * first, end = variable ? last : last * last;
        double *numbers = malloc(sizeof(double) * 5 * (size_t)rows);
        REQUIRE(numbers);
        for (int k = 0; k < rows; k++) {
            const double x = begin + k * (end - begin) / (rows - 1);
            if (variable) by_distance(&cutoff, x, size[i], size[j], numbers + 5 * k);
            else by_square(&cutoff, k < rows - 1 ? x : x * (1 - 1e-14), size[i], size[j], numbers + 5 * k);
        }
        tables[pair] = (fnqe_table){i, j, first, last, numbers, 5 * rows};
    }
    DONE(fnqe_potential_tabulated(tables, 3, variable, &potential));
    for (int pair = 0; pair < 3; pair++) free((double *)tables[pair].rows);
    return potential;
}

static void tables(void) {
    liquid particles;
    make_liquid(&particles, 0);
    double z[FIELD], x[FIELD], forces[FIELD], expected[FIELD], energy;
    fnqe_coefficients one, two;
    fnqe_glass_info info;
    make_field(z);
    const fnqe_potential shipped = model();
    fnqe_glass reference, glass;
    fnqe_force_field law, table;
    DONE(fnqe_glass_quench(&particles.system, shipped, NULL, &reference));
    DONE(fnqe_glass_positions(reference, x, FIELD));
    DONE(fnqe_glass_info_of(reference, &info));
    DONE(fnqe_coefficients_of(reference, z, FIELD, &one));
    DONE(fnqe_force_field_create(&particles.system, shipped, 0.3, &law));
    DONE(fnqe_forces(law, particles.positions, expected, FIELD, NULL, NULL));
    for (int32_t variable = FNQE_SQUARED_DISTANCE; variable <= FNQE_DISTANCE; variable++) {
        const fnqe_potential own = tabulated(variable, 2000);
        DONE(fnqe_glass_quench(&particles.system, own, NULL, &glass));
        DONE(fnqe_coefficients_of(glass, z, FIELD, &two));
        REQUIRE(near(one.stiffness, two.stiffness, 1e-9) && near(one.cubic_coefficient, two.cubic_coefficient, 1e-8) && near(one.quartic_coefficient, two.quartic_coefficient, 1e-8));
        DONE(fnqe_force_field_create(&particles.system, own, 0.3, &table));
        DONE(fnqe_forces(table, particles.positions, forces, FIELD, &energy, NULL));
        for (int k = 0; k < FIELD; k++) REQUIRE(fabs(forces[k] - expected[k]) < 1e-11 * (100 + fabs(expected[k])));
        DONE(fnqe_forces(table, x, forces, FIELD, &energy, NULL));
        REQUIRE(near(energy, info.energy, 1e-12));
        /* Two particles nearer than the tables begin have no energy. */
        for (int axis = 0; axis < D; axis++) x[D + axis] = x[axis] + 0.3;
        REQUIRE(fnqe_forces(table, x, forces, FIELD, &energy, NULL) == FNQE_BAD_ARGUMENT);
        DONE(fnqe_glass_positions(reference, x, FIELD));
        DONE(fnqe_free(glass));
        /* Types are read, diameters are not. */
        particles.system.diameters = particles.diameters;
        particles.system.diameters_size = N;
        for (int i = 0; i < N; i++) particles.diameters[i] = 17;
        fnqe_glass again;
        DONE(fnqe_glass_at(&particles.system, own, &again));
        DONE(fnqe_free(again));
        particles.types[5] = 2;
        REQUIRE(fnqe_glass_at(&particles.system, own, &again) == FNQE_BAD_ARGUMENT && strstr(words(), "particle 6"));
        make_liquid(&particles, 0);
        DONE(fnqe_free(table));
        DONE(fnqe_free(own));
    }

    const double no_rows[25] = {0};
    fnqe_table all = {0, 0, 0.6, 1.48, no_rows, 25};
    fnqe_potential bad;
    DONE(fnqe_potential_tabulated(&all, 1, 0, &bad)); /* particles that ignore each other */
    DONE(fnqe_free(bad));
    REQUIRE(fnqe_potential_tabulated(NULL, 1, 0, &bad) == FNQE_BAD_ARGUMENT && bad == 0);
    REQUIRE(fnqe_potential_tabulated(&all, 0, 0, &bad) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_potential_tabulated(&all, INT64_MAX, 0, &bad) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_potential_tabulated(&all, 1, 2, &bad) == FNQE_BAD_ARGUMENT);
    REQUIRE(fnqe_potential_tabulated(&all, 1, 0, NULL) == FNQE_BAD_ARGUMENT);
#define NO_TABLE(change, word)                                                                                     \
    do {                                                                                                           \
        all = (fnqe_table){0, 0, 0.6, 1.48, no_rows, 25};                                                          \
        all.change;                                                                                                \
        REQUIRE(fnqe_potential_tabulated(&all, 1, 0, &bad) == FNQE_BAD_ARGUMENT && bad == 0 && strstr(words(), word)); \
    } while (0)
    NO_TABLE(rows = NULL, "null");
    NO_TABLE(rows_size = -1, "-1 numbers");
    NO_TABLE(rows_size = INT64_MAX, "numbers");
    NO_TABLE(rows_size = 24, "24 numbers");
    NO_TABLE(type_i = INT32_MAX, "each pair");
    NO_TABLE(type_j = -7, "-7");
    NO_TABLE(first = 0, "from 0");
    NO_TABLE(first = NAN, "NaN");
    NO_TABLE(cutoff = 0.5, "to 0.5");
    NO_TABLE(cutoff = INFINITY, "Infinity");
    DONE(fnqe_free(law));
    DONE(fnqe_free(reference));
    DONE(fnqe_free(shipped));
}

/* ------------------------------------------------ create and destroy, many times */

static long resident_pages(void) {
    long all = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%ld %ld", &all, &resident) != 2) resident = 0;
    if (file) fclose(file);
    return resident;
}

static int32_t at_once(void *user, int64_t sweeps, double residual) { return (void)user, (void)residual, sweeps > 2; }

/* What is made and freed by each cycle: every kind of handle; in every tenth, calls that are cancelled half way. */
static void cycle(const liquid *particles, const double *z, int number) {
    double out[FIELD];
    uint64_t made[7] = {0};
    fnqe_mode mode;
    fnqe_options options = {.progress = at_once};
    made[0] = model();
    DONE(fnqe_potential_inverse_power(10, 1.48, 3, 0.04, &made[1]));
    double cutoff = 1.48;
    DONE(fnqe_potential_custom(own_cutoff, by_square, FNQE_SQUARED_DISTANCE, &cutoff, &made[2]));
    made[3] = tabulated(number % 2, 20);
    const fnqe_potential used = made[number % 10 == 5 ? 3 : number % 10 == 7 ? 2 : number % 2];
    DONE(fnqe_glass_at(&particles->system, used, &made[4]));
    DONE(fnqe_force_field_create(&particles->system, used, 0.3, &made[5]));
    DONE(fnqe_hessian_product(made[4], z, out, FIELD, NULL));
    REQUIRE(fnqe_hessian_product(made[4], z, out, 1, NULL) == FNQE_BAD_ARGUMENT);
    if (number % 10 == 0) {
        /* At a minimum: elsewhere the cost may have no lower bound, and the search ends before it can be cancelled. */
        const fnqe_glass glass = quenched(0);
        REQUIRE(fnqe_quartic_mode(glass, z, &options, &mode, out, FIELD) == FNQE_CANCELLED);
        DONE(fnqe_free(glass));
        REQUIRE(fnqe_glass_quench(&particles->system, used, &options, &made[6]) == FNQE_CANCELLED && made[6] == 0);
    }
    DONE(fnqe_forces(made[5], particles->positions, out, FIELD, NULL, NULL));
    for (int k = 0; k < 7; k++) DONE(fnqe_free(made[k]));
}

static void cycles(int count) {
    liquid particles;
    make_liquid(&particles, 0);
    particles.system.diameters = particles.diameters;
    particles.system.diameters_size = N;
    double z[FIELD];
    make_field(z);
    long early = 0;
    for (int number = 0; number < count; number++) {
        if (number == count / 4) early = resident_pages();
        cycle(&particles, z, number);
    }
    const long grown = resident_pages() - early;
    printf("%d cycles; resident memory grew by %ld pages over the last three quarters\n", count, grown);
    /* A glass of this size has about 60 kB: a leak of every twentieth would show. */
    REQUIRE(early == 0 || grown < 20 + count);
}

/* --------------------------------------------------------------------- signals */

static volatile sig_atomic_t caught;

static void catch(int number) { caught = number; }

/* What a signal does in this process is the caller's business before the first call and after it. The runtime inside looks at SIGSEGV and SIGFPE
   first, and at two real-time signals. */
static void signals(void) {
    struct sigaction before[SIGRTMIN], after;
    struct sigaction own = {.sa_handler = catch};
    REQUIRE(sigaction(SIGFPE, &own, NULL) == 0);
    for (int number = 1; number < SIGSYS; number++) sigaction(number, NULL, &before[number]);
    whole_way(0);
    for (int number = 1; number < SIGSYS; number++) {
        sigaction(number, NULL, &after);
        if (number != SIGSEGV && number != SIGFPE && before[number].sa_handler != after.sa_handler) {
            fprintf(stderr, "signal %d has another handler than before\n", number);
            exit(1);
        }
    }
    raise(SIGFPE);
    REQUIRE(caught == SIGFPE);
}

/* ------------------------------------------- handles used and freed by everybody */

static uint64_t everybodys[4];

static void *storm(void *number) {
    liquid particles;
    double z[FIELD], out[FIELD];
    fnqe_mode mode;
    fnqe_options few = {.max_sweeps = 5};
    make_liquid(&particles, *(int *)number);
    make_field(z);
    for (int k = 0; k < 400; k++) {
        /* Without a lock: what is found here may be at work or freed on another thread. */
        volatile uint64_t *place = &everybodys[(k * 7 + *(int *)number) % 4];
        switch ((k + *(int *)number) % 5) {
            case 0: {
                fnqe_potential potential = model();
                uint64_t made = 0;
                if (k % 3) fnqe_glass_at(&particles.system, potential, &made);
                else fnqe_force_field_create(&particles.system, potential, 0.3, &made);
                fnqe_free(*place);
                *place = made;
                fnqe_free(potential);
                break;
            }
            case 1: fnqe_free(*place); break;
            case 2: fnqe_quartic_mode(*place, z, &few, &mode, out, FIELD); break;
            case 3: fnqe_forces(*place, particles.positions, out, FIELD, NULL, NULL); break;
            default: fnqe_hessian_product(*place, z, out, FIELD, NULL);
        }
    }
    return NULL;
}

static void everybody(void) {
    pthread_t thread[THREADS];
    int number[THREADS];
    const uint64_t alone = whole_way(0);
    for (int k = 0; k < THREADS; k++) {
        number[k] = k;
        pthread_create(&thread[k], NULL, storm, &number[k]);
    }
    for (int k = 0; k < THREADS; k++) pthread_join(thread[k], NULL);
    for (int k = 0; k < 4; k++) fnqe_free(everybodys[k]);
    REQUIRE(whole_way(0) == alone);
}

int main(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "";
    if (!strcmp(name, "level")) level();
    else if (!strcmp(name, "bits")) sum_of_bits();
    else if (!strcmp(name, "misuse")) misuse();
    else if (!strcmp(name, "cycles")) cycles(argc > 2 ? atoi(argv[2]) : 1000);
    else if (!strcmp(name, "threads")) threads();
    else if (!strcmp(name, "layouts")) layouts();
    else if (!strcmp(name, "identities")) identities();
    else if (!strcmp(name, "environment")) environment();
    else if (!strcmp(name, "progress")) progress();
    else if (!strcmp(name, "custom")) custom();
    else if (!strcmp(name, "tables")) tables();
    else if (!strcmp(name, "signals")) signals();
    else if (!strcmp(name, "everybody")) everybody();
    else return fprintf(stderr, "no test \"%s\"\n", name), 2;
    return 0;
}
