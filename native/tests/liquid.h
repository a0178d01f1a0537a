/* What the tests share: a small liquid, checks that name their place, and a sum over bits. */
#ifndef FASTNQE_TESTS_LIQUID_H
#define FASTNQE_TESTS_LIQUID_H

#include <fastnqe.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 4, D = 3, N = SIDE * SIDE * SIDE, FIELD = N * D };

typedef struct liquid {
    fnqe_system system;
    double positions[FIELD];
    double diameters[N];
    int32_t types[N];
} liquid;

static inline const char *words(void) {
    static _Thread_local char text[512];
    fnqe_last_error(text, sizeof text);
    return text;
}

#define REQUIRE(condition)                                                                             \
    do {                                                                                               \
        if (!(condition)) {                                                                            \
            fprintf(stderr, "%s:%d: %s; last error: %s\n", __FILE__, __LINE__, #condition, words());    \
            exit(1);                                                                                   \
        }                                                                                              \
    } while (0)

#define DONE(call) REQUIRE((call) == FNQE_DONE)

/* A jittered lattice, another one for every seed. */
static inline void make_liquid(liquid *to, int seed) {
    const double length = cbrt(N / 0.82), irrational[D] = {0.6180339887498949, 0.4142135623730951, 0.7320508075688772};
    memset(to, 0, sizeof *to);
    for (int i = 0; i < N; i++) {
        const int cell[D] = {i % SIDE, i / SIDE % SIDE, i / SIDE / SIDE};
        for (int axis = 0; axis < D; axis++)
            to->positions[i * D + axis] = (cell[axis] + 0.5 * fmod((i + 1000 * seed) * irrational[axis], 1.0)) * length / SIDE;
        to->types[i] = fmod((i + 1000 * seed) * 0.2360679774997897, 1.0) < 0.5;
        to->diameters[i] = to->types[i] ? 1.4 : 1.0;
    }
    to->system.dimension = D;
    to->system.particles = N;
    to->system.box[0] = to->system.box[4] = to->system.box[8] = length;
    to->system.positions = to->positions;
    to->system.positions_size = FIELD;
    to->system.types = to->types;
    to->system.types_size = N;
}

static inline fnqe_potential model(void) {
    fnqe_potential potential = 0;
    DONE(fnqe_potential_model("ipl-3d", &potential));
    return potential;
}

static inline fnqe_glass quench(const liquid *particles) {
    const fnqe_potential potential = model();
    fnqe_glass glass = 0;
    DONE(fnqe_glass_quench(&particles->system, potential, NULL, &glass));
    DONE(fnqe_free(potential));
    return glass;
}

static inline fnqe_glass quenched(int seed) {
    liquid particles;
    make_liquid(&particles, seed);
    return quench(&particles);
}

/* A displacement with all wavelengths in it. */
static inline void make_field(double *z) {
    for (int k = 0; k < FIELD; k++) z[k] = sin(1.0 + 12.9898 * k);
}

static inline uint64_t bits(uint64_t sum, const void *data, size_t size) {
    const unsigned char *byte = data;
    for (size_t k = 0; k < size; k++) sum = (sum ^ byte[k]) * 1099511628211u;
    return sum;
}

/* Everything but eigenpairs, whose bits also belong to the BLAS, summed over its bits. */
static inline uint64_t way_of(const liquid *particles, const double *z) {
    double a[FIELD], b[FIELD], scalars[2];
    fnqe_mode mode;
    fnqe_moduli moduli;
    const fnqe_glass glass = quench(particles);
    uint64_t sum = 14695981039346656037u;
    DONE(fnqe_glass_positions(glass, a, FIELD));
    sum = bits(sum, a, sizeof a);
    DONE(fnqe_cubic_contraction(glass, z, a, b, FIELD, scalars));
    sum = bits(bits(bits(sum, a, sizeof a), b, sizeof b), scalars, sizeof scalars);
    DONE(fnqe_quartic_contraction(glass, z, a, b, FIELD, scalars));
    sum = bits(bits(sum, b, sizeof b), scalars, sizeof scalars);
    REQUIRE(fnqe_quartic_mode(glass, z, NULL, &mode, a, FIELD) >= 0);
    REQUIRE(fnqe_cubic_mode(glass, a, NULL, &mode, b, FIELD) >= 0);
    sum = bits(bits(bits(sum, a, sizeof a), b, sizeof b), &mode, sizeof mode);
    DONE(fnqe_moduli_of(glass, NULL, &moduli));
    sum = bits(sum, &moduli, sizeof moduli);
    DONE(fnqe_free(glass));
    return sum;
}

static inline uint64_t whole_way(int seed) {
    liquid particles;
    double z[FIELD];
    make_liquid(&particles, seed);
    make_field(z);
    return way_of(&particles, z);
}

#endif
