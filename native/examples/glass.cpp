// The way from particles to a soft spot in C++, and a pair potential of one's own.
//
//     c++ -std=c++17 glass.cpp -o glass $(pkg-config --cflags --libs fastnqe)

#include <fastnqe.hpp>

#include <cmath>
#include <cstdio>

namespace {

constexpr int side = 8, count = side * side * side, dimension = 3;

// Stands for the positions that a simulation holds; the same as in the other languages' examples.
fastnqe::system make_liquid() {
    const double length = std::cbrt(count / 0.82);
    const double irrational[dimension] = {0.6180339887498949, 0.4142135623730951, 0.7320508075688772};
    fastnqe::system liquid{dimension, {length, 0, 0, 0, length, 0, 0, 0, length}, {}};
    for (int i = 0; i < count; ++i) {
        const int cell[dimension] = {i % side, i / side % side, i / side / side};
        for (int axis = 0; axis < dimension; ++axis)
            liquid.positions.push_back((cell[axis] + 0.5 * std::fmod(i * irrational[axis], 1.0)) * length / side);
        liquid.types.push_back(std::fmod(i * 0.2360679774997897, 1.0) < 0.5);
    }
    return liquid;
}

// Soft spheres phi = (1 - r²/s²)^5 with s = 0.7 times the sum of the diameters: four continuous derivatives at the cutoff.
double reach(void *, double size_i, double size_j) { return 0.7 * (size_i + size_j); }

void soft_spheres(void *, double u, double size_i, double size_j, double phi[5]) {
    const double inverse = 1 / std::pow(reach(nullptr, size_i, size_j), 2), gap = 1 - u * inverse;
    phi[0] = std::pow(gap, 5);
    phi[1] = -5 * inverse * std::pow(gap, 4);
    phi[2] = 20 * inverse * inverse * std::pow(gap, 3);
    phi[3] = -60 * std::pow(inverse, 3) * std::pow(gap, 2);
    phi[4] = 120 * std::pow(inverse, 4) * gap;
}

}  // namespace

int main() try {
    fastnqe::system liquid = make_liquid();
    const auto glass = fastnqe::glass::quench(liquid, fastnqe::potential::model("ipl-3d"));
    const auto soft = glass.lowest_eigenpairs(1);
    const auto quartic = glass.quartic_mode(soft.vector(0));
    const auto cubic = glass.cubic_mode(quartic.direction);
    std::printf("energy %.17g\n", glass.info().energy);
    std::printf("harmonic.stiffness %.17g\n", soft.pairs[0].stiffness);
    std::printf("quartic.stiffness %.17g\n", quartic.coefficients.stiffness);
    std::printf("quartic.quarticCoefficient %.17g\n", quartic.coefficients.quartic_coefficient);
    std::printf("cubic.stiffness %.17g\n", cubic.coefficients.stiffness);
    std::printf("cubic.cubicCoefficient %.17g\n", cubic.coefficients.cubic_coefficient);

    for (const auto type : liquid.types) liquid.diameters.push_back(type == 0 ? 1.0 : 1.4);
    const auto own = fastnqe::glass::quench(liquid, fastnqe::potential::custom(reach, soft_spheres, FNQE_SQUARED_DISTANCE));
    const auto mode = own.pseudo_harmonic_mode(own.lowest_eigenpairs(1).vector(0));
    std::fprintf(stderr, "soft spheres: largest force %.1e, pseudo-harmonic mode of stiffness %.6g on %.0f particles\n",
                 own.info().max_force, mode.coefficients.stiffness, count * mode.coefficients.participation_ratio);
    return own.info().max_force < 1e-9 && mode.converged ? 0 : 1;
} catch (const fastnqe::error &failure) {
    std::fprintf(stderr, "status %d: %s\n", static_cast<int>(failure.status()), failure.what());
    return 1;
}
