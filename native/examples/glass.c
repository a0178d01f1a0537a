/*
 * From particles in memory to a soft spot: quench, lowest normal mode, quartic mode, cubic mode.
 *
 *     cc glass.c -o glass $(pkg-config --cflags --libs fastnqe) -lm
 *     ./glass [FILE]        FILE receives the quenched glass as plain text
 */
#include <fastnqe.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SIDE = 8, N = SIDE * SIDE * SIDE, D = 3 };

static void need(fnqe_status status, const char *what) {
    if (status == FNQE_DONE) return;
    char words[512];
    fnqe_last_error(words, sizeof words);
    fprintf(stderr, "%s: status %d: %s\n", what, (int)status, words);
    if (status < 0) exit(1);
}

/* Stands for the positions that a simulation holds: a jittered lattice with mixed species, the same in every language's example. */
static void make_liquid(double length, double *positions, int32_t *types) {
    const double irrational[D] = {0.6180339887498949, 0.4142135623730951, 0.7320508075688772};
    for (int i = 0; i < N; i++) {
        const int cell[D] = {i % SIDE, i / SIDE % SIDE, i / SIDE / SIDE};
        for (int axis = 0; axis < D; axis++)
            positions[i * D + axis] = (cell[axis] + 0.5 * fmod(i * irrational[axis], 1.0)) * length / SIDE;
        types[i] = fmod(i * 0.2360679774997897, 1.0) < 0.5;
    }
}

static int write_text(const char *path, double length, fnqe_glass glass, const int32_t *types, double *positions) {
    need(fnqe_glass_positions(glass, positions, N * D), "positions");
    FILE *file = fopen(path, "w");
    if (!file) return 1;
    fprintf(file, "# FastNqe configuration\n# dimension %d\n# N %d\n# L %.17g\n# columns lambda x y z\n", D, N, length);
    for (int i = 0; i < N; i++)
        fprintf(file, "%.17g %.17g %.17g %.17g\n", types[i] ? 1.4 : 1.0, positions[i * D], positions[i * D + 1], positions[i * D + 2]);
    return fclose(file);
}

int main(int argc, char **argv) {
    static double positions[N * D], psi[N * D], pi4[N * D], pi3[N * D];
    static int32_t types[N];
    const double length = cbrt(N / 0.82);
    make_liquid(length, positions, types);

    fnqe_system liquid = {0};
    liquid.dimension = D;
    liquid.particles = N;
    liquid.box[0] = liquid.box[4] = liquid.box[8] = length;
    liquid.positions = positions;
    liquid.positions_size = N * D;
    liquid.types = types;
    liquid.types_size = N;

    fnqe_potential potential;
    fnqe_glass glass;
    need(fnqe_potential_model("ipl-3d", &potential), "potential");
    need(fnqe_glass_quench(&liquid, potential, NULL, &glass), "quench");

    fnqe_glass_info info;
    fnqe_eigenpair soft;
    fnqe_mode quartic, cubic;
    need(fnqe_glass_info_of(glass, &info), "info");
    need(fnqe_lowest_eigenpairs(glass, 1, NULL, &soft, psi, N * D), "lowest eigenpair");
    need(fnqe_quartic_mode(glass, psi, NULL, &quartic, pi4, N * D), "quartic mode");
    need(fnqe_cubic_mode(glass, pi4, NULL, &cubic, pi3, N * D), "cubic mode");

    printf("energy %.17g\n", info.energy);
    printf("harmonic.stiffness %.17g\n", soft.stiffness);
    printf("quartic.stiffness %.17g\n", quartic.coefficients.stiffness);
    printf("quartic.quarticCoefficient %.17g\n", quartic.coefficients.quartic_coefficient);
    printf("cubic.stiffness %.17g\n", cubic.coefficients.stiffness);
    printf("cubic.cubicCoefficient %.17g\n", cubic.coefficients.cubic_coefficient);

    const int failed = argc > 1 && write_text(argv[1], length, glass, types, positions);
    fnqe_free(glass);
    fnqe_free(potential);
    return failed;
}
