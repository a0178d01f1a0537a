/*
 * Calls the C interface with random arguments: fuzz [SEED [CALLS]]. Every pointer is null or points to as much memory as the size beside it
 * says, as the interface demands; everything else is arbitrary. The library has to answer with a status, touch nothing beyond, print nothing, and
 * still give right results in the end.
 */
#define _GNU_SOURCE
#include "liquid.h"

#include <unistd.h>

enum { ROOM = 600, GUARD = 8 };

static uint64_t state;

static uint64_t any(void) {
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static int below(int limit) { return (int)(any() % (uint64_t)limit); }

static double number(void) {
    static const double odd[] = {0, -0.0, 1, -1, NAN, INFINITY, -INFINITY, 1e308, -1e308, 5e-324, 1e-300, 1e16, 0.5};
    return below(3) ? odd[below(sizeof odd / sizeof *odd)] : 20.0 * ((double)below(1 << 20) / (1 << 20) - 0.5);
}

static int64_t whole(void) {
    static const int64_t odd[] = {0, 1, -1, 2, 3, 4, N, FIELD, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN, 1LL << 33};
    return below(2) ? odd[below(sizeof odd / sizeof *odd)] : below(ROOM);
}

/* Arrays between guards. */
typedef struct array {
    double before[GUARD], room[ROOM], after[GUARD];
} array;

static array arrays[4];

static void fill(array *to, int wild) {
    for (int k = 0; k < GUARD; k++) to->before[k] = to->after[k] = -77;
    for (int k = 0; k < ROOM; k++) to->room[k] = wild ? number() : sin(3.7 * k + (double)below(9));
}

static double *field(int k) { return below(12) ? arrays[k].room : NULL; }

/* Mostly right, sometimes too small, never more than there is. */
static int64_t size(void) { return below(4) ? FIELD : below(2) ? below(ROOM + 1) : -below(1 << 30); }

static uint64_t handles[8];

static uint64_t handle(void) { return below(10) ? handles[below(8)] : below(2) ? any() : handles[below(8)] ^ (1ull << below(64)); }

static void keep(uint64_t made) {
    if (!made) return;
    const int place = below(8);
    fnqe_free(handles[place]);
    handles[place] = made;
}

static int32_t impatient(void *user, int64_t sweeps, double residual) { return (void)user, (void)residual, sweeps > 60 || !below(50); }

static double some_cutoff(void *user, double i, double j) { return user ? number() : 0.5 * (i + j); }

static void some_derivatives(void *user, double x, double i, double j, double phi[5]) {
    (void)i, (void)j;
    for (int k = 0; k < 5; k++) phi[k] = user ? number() : 1 / (x + k);
}

/* The numbers of the liquid as those of fewer or more particles, in a box that has room for them. */
static void other_dimension(liquid *particles, int32_t d) {
    const double length = d == 2 ? 8.7 : 4.3;
    particles->system.dimension = d;
    particles->system.particles = d == 2 ? N : FIELD / 4;
    memset(particles->system.box, 0, sizeof particles->system.box);
    for (int axis = 0; axis < d; axis++) particles->system.box[axis * (d + 1)] = length;
    for (int k = 0; k < FIELD; k++) particles->positions[k] = length * fmod(0.5 + 0.7548776662466927 * (k + 1) * (k % d + 1), 1.0);
    if (d == 2 && below(2)) particles->system.box[2] = 4 * number();
}

static fnqe_status some_table(uint64_t *made) {
    static double rows[5 * 40];
    fnqe_table tables[3] = {0};
    const double first = below(3) ? 0.5 : number(), last = below(3) ? 1.5 : number();
    for (int k = 0; k < 40; k++) {
        const double x = first * first + k * (last * last - first * first) / 39, w = 1 / x;
        const double row[5] = {w, -w * w, 2 * w * w * w, -6 * w * w * w * w, 24 * w * w * w * w * w};
        memcpy(rows + 5 * k, row, sizeof row);
    }
    if (!below(3)) rows[below(200)] = number();
    for (int k = 0; k < 3; k++) tables[k] = (fnqe_table){k > 0, k > 1, first, last, below(20) ? rows : NULL, below(9) ? 200 : below(2) ? below(200) : -below(200)};
    if (!below(4)) tables[below(3)].type_i = (int32_t)whole();
    return fnqe_potential_tabulated(below(20) ? tables : NULL, below(4) ? 3 : below(2) ? below(4) : -below(1 << 30), below(4) ? 0 : below(3), made);
}

static void call(void) {
    static liquid particles;
    static int trouble;
    fnqe_options options = {below(3) ? 0 : number(), below(3) ? 200 : whole(), below(4) ? 0 : (int32_t)whole(), 0, below(2) ? impatient : NULL, NULL};
    if (options.max_sweeps <= 0 || options.max_sweeps > 500) options.max_sweeps = below(2) ? 200 : -options.max_sweeps;
    const fnqe_options *given = below(8) || options.progress ? &options : NULL;
    const int mild = given && !options.progress && options.max_sweeps == 0;
    if (!given || mild) { options.max_sweeps = 200; given = &options; }
    for (int k = 0; k < 4; k++) fill(&arrays[k], !below(6));
    uint64_t made = 0;
    union { fnqe_mode mode; fnqe_coefficients coefficients; fnqe_moduli moduli; fnqe_shear shear; fnqe_glass_info info; fnqe_eigenpair pairs[4]; double numbers[2]; } out;
    double *numbers = below(4) ? out.numbers : NULL;
    const char *names[] = {"ipl-3d", "ipl-2d", "poly-3d", "", "none", "ipl-4d"};
    char text[32];

    if (below(2)) {
        make_liquid(&particles, below(4));
        fnqe_system *system = &particles.system;
        if (!below(3)) other_dimension(&particles, below(2) ? 2 : 4);
        if (below(2)) {
            system->diameters = particles.diameters;
            system->diameters_size = below(8) ? N : below(N);
        }
        for (int changes = below(4); changes > 0; changes--)
            switch (below(11)) {
                case 0: system->dimension = below(2) ? below(6) : (int32_t)whole(); break;
                case 1: system->particles = below(2) ? below(N + 1) : whole(); break;
                case 2: system->box[below(16)] = number(); break;
                case 3: system->positions = field(0); system->positions_size = below(2) ? ROOM : size(); break;
                case 4: particles.positions[below(FIELD)] = number(); break;
                case 5: particles.diameters[below(N)] = number(); break;
                case 6: particles.types[below(N)] = (int32_t)whole(); break;
                case 7: system->types = NULL; break;
                case 8: system->particle_stride = below(2) ? below(9) : whole(); break;
                case 9: system->component_stride = below(2) ? below(200) : whole(); break;
                default: for (int k = 0; k < 9; k += 4) system->box[k] *= 1 + below(3);
            }
    }
    const fnqe_system *system = below(20) ? &particles.system : NULL;

    switch (below(27)) {
        case 0: fnqe_potential_model(below(9) ? names[below(6)] : NULL, &made); break;
        case 1: fnqe_potential_inverse_power(below(2) ? 10 : (int32_t)whole(), below(2) ? 1.48 : number(), below(5), below(2) ? 0.04 : number(), &made); break;
        case 2: fnqe_potential_custom(some_cutoff, below(9) ? some_derivatives : NULL, below(3), below(3) ? NULL : &trouble, &made); break;
        case 3:
        case 4: fnqe_glass_at(system, handle(), &made); break;
        case 5:
        case 6: fnqe_glass_quench(system, handle(), given, &made); break;
        case 7: fnqe_force_field_create(system, handle(), below(2) ? 0.3 : number(), &made); break;
        case 8: fnqe_free(below(4) ? any() : handle()); break;
        case 9: fnqe_glass_info_of(handle(), below(9) ? &out.info : NULL); break;
        case 10: fnqe_glass_positions(handle(), field(0), size()); break;
        case 11: fnqe_hessian_product(handle(), field(0), field(1), size(), numbers); break;
        case 12: fnqe_cubic_contraction(handle(), field(0), field(1), field(2), size(), numbers); break;
        case 13: fnqe_quartic_contraction(handle(), field(0), field(1), field(1), size(), numbers); break;
        case 14: fnqe_mixed_cubic_contraction(handle(), field(0), field(1), field(2), size()); break;
        case 15: fnqe_mixed_quartic_contraction(handle(), field(0), field(1), field(2), field(3), size()); break;
        case 16: fnqe_coefficients_of(handle(), field(0), size(), below(9) ? &out.coefficients : NULL); break;
        case 17: fnqe_lowest_eigenpairs(handle(), below(5), given, below(9) ? out.pairs : NULL, field(0), below(2) ? ROOM : size()); break;
        case 18: (below(2) ? fnqe_quartic_mode : fnqe_cubic_mode)(handle(), field(0), given, below(9) ? &out.mode : NULL, field(1), size()); break;
        case 19: fnqe_pseudo_harmonic_mode(handle(), field(0), given, &out.mode, field(0), size()); break;
        case 20: fnqe_shear_response(handle(), below(5) - 1, below(5) - 1, given, &out.shear, field(0), field(1), size()); break;
        case 21: fnqe_shear_coupling(handle(), below(3), below(4), field(0), size(), below(9) ? out.numbers : NULL); break;
        case 22: fnqe_geometric_contraction(handle(), field(0), field(1), field(2), size(), numbers); break;
        case 23: fnqe_moduli_of(handle(), given, below(9) ? &out.moduli : NULL); break;
        case 24:
        case 25: some_table(&made); break;
        default: fnqe_forces(handle(), below(2) ? particles.positions : arrays[0].room, field(1), below(2) ? FIELD : -1, numbers, numbers ? numbers + 1 : NULL);
    }
    keep(made);
    fnqe_last_error(text, below(40) - 4 < 32 ? below(32) : 0);
}

static int intact(void) {
    for (int k = 0; k < 4; k++)
        for (int g = 0; g < GUARD; g++)
            if (arrays[k].before[g] != -77 || arrays[k].after[g] != -77) return 0;
    return 1;
}

int main(int argc, char **argv) {
    state = 0x9e3779b97f4a7c15u * (uint64_t)(argc > 1 ? atoi(argv[1]) : 1) + 1;
    const int calls = argc > 2 ? atoi(argv[2]) : 20000;
    const uint64_t expected = whole_way(0);
    /* Whatever is printed meanwhile, by anybody in this process, lands in a file. */
    FILE *printed = tmpfile();
    REQUIRE(printed);
    const int out = dup(STDOUT_FILENO), err = dup(STDERR_FILENO);
    dup2(fileno(printed), STDOUT_FILENO);
    dup2(fileno(printed), STDERR_FILENO);
    for (int k = 0; k < calls; k++) {
        call();
        const char *wrong = !intact() ? "wrote beyond an array" : lseek(fileno(printed), 0, SEEK_END) > 0 ? "printed something" : NULL;
        if (wrong) {
            dup2(err, STDERR_FILENO);
            fprintf(stderr, "call %d %s\n", k, wrong);
            return 1;
        }
    }
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    for (int k = 0; k < 8; k++) fnqe_free(handles[k]);
    REQUIRE(whole_way(0) == expected);
    printf("%d calls\n", calls);
    return 0;
}
