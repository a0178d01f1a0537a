// The C++ header: what it refuses before the C functions see it, and what it says of work that did not converge.
#include <fastnqe.hpp>

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace {

constexpr int side = 4, count = side * side * side, dimension = 3;

#define REQUIRE(condition)                                                       \
    do {                                                                         \
        if (!(condition)) {                                                      \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            std::exit(1);                                                        \
        }                                                                        \
    } while (0)

// A jittered lattice.
fastnqe::system make_liquid() {
    const double length = std::cbrt(count / 0.82), irrational[dimension] = {0.6180339887498949, 0.4142135623730951, 0.7320508075688772};
    fastnqe::system liquid{dimension, {length, 0, 0, 0, length, 0, 0, 0, length}, {}};
    for (int i = 0; i < count; ++i) {
        const int cell[dimension] = {i % side, i / side % side, i / side / side};
        for (int axis = 0; axis < dimension; ++axis)
            liquid.positions.push_back((cell[axis] + 0.5 * std::fmod(i * irrational[axis], 1.0)) * length / side);
        liquid.types.push_back(std::fmod(i * 0.2360679774997897, 1.0) < 0.5);
    }
    return liquid;
}

// Whether a call is refused with words that hold these.
template <class Call>
bool refuses(const char *words, Call call) {
    try {
        call();
    } catch (const std::invalid_argument &refusal) {
        if (std::string(refusal.what()).find(words) != std::string::npos) return true;
        std::fprintf(stderr, "other words: %s\n", refusal.what());
    }
    return false;
}

}  // namespace

int main() {
    const auto potential = fastnqe::potential::model("ipl-3d");
    fastnqe::system liquid = make_liquid();

    // One number for each particle, neither more nor fewer.
    for (const int size : {count - 1, count + 1}) {
        fastnqe::system wrong = liquid;
        wrong.types.resize(size);
        REQUIRE(refuses("types; expected one for each of 64", [&] { fastnqe::glass::at(wrong, potential); }));
        wrong = liquid;
        wrong.diameters.assign(size, 1.0);
        REQUIRE(refuses("diameters; expected one for each of 64", [&] { fastnqe::glass::quench(wrong, potential); }));
    }

    const auto glass = fastnqe::glass::quench(liquid, potential);
    const fastnqe::field longer(count * dimension + 1, 1.0);
    REQUIRE(refuses("193 numbers; expected 192", [&] { glass.hessian_product(longer); }));
    REQUIRE(refuses("193 numbers", [&] { glass.coefficients(longer); }));
    REQUIRE(refuses("193 numbers", [&] { glass.quartic_mode(longer); }));
    REQUIRE(refuses("0 numbers", [&] { glass.cubic_mode({}); }));

    // What converged, and what did not.
    fnqe_options early{};
    early.max_sweeps = 1;
    REQUIRE(glass.converged() && glass.info().max_force <= 1e-10);
    REQUIRE(!fastnqe::glass::quench(liquid, potential, early).converged());
    REQUIRE(fastnqe::glass::at(liquid, potential).converged());
    REQUIRE(glass.moduli().converged && !glass.moduli(early).converged);
    const auto soft = glass.lowest_eigenpairs(1);
    REQUIRE(soft.converged);
    const auto quartic = glass.quartic_mode(soft.vector(0));
    REQUIRE(quartic.converged && quartic.end == FNQE_END_CONVERGED);
    REQUIRE(glass.quartic_mode(soft.vector(0), early).end == FNQE_END_OUT_OF_SWEEPS);

    // What was not found is no number.
    early.method = 1;
    const auto lost = glass.lowest_eigenpairs(2, early);
    REQUIRE(!lost.converged && lost.pairs.size() == 2 && lost.vectors.size() == 2);
    for (std::size_t k = 0; k < 2; ++k) {
        REQUIRE(std::isnan(lost.pairs[k].stiffness) && std::isinf(lost.pairs[k].residual));
        for (const double number : lost.vector(k)) REQUIRE(std::isnan(number));
    }
}
