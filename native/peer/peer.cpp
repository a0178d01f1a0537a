#include "peer.h"

#include "contractions.hpp"
#include "liquid.hpp"

extern "C" {

#ifdef __clang__
const char* peer_compiler(void) { return __VERSION__; }
#else
const char* peer_compiler(void) { return "GCC " __VERSION__; }
#endif

peer_glass* peer_glass_create(int dimension, int n, double box, const double* positions, const double* sizes, const peer_law* law)
{
    switch (dimension) {
    case 2: return new peer::glass<2>(n, box, positions, sizes, *law);
    case 3: return new peer::glass<3>(n, box, positions, sizes, *law);
    case 4: return new peer::glass<4>(n, box, positions, sizes, *law);
    default: return nullptr;
    }
}

void peer_glass_destroy(peer_glass* glass) { delete glass; }

long long peer_glass_pairs(const peer_glass* glass) { return glass->pairs(); }

int peer_glass_bytes_per_pair(const peer_glass* glass) { return glass->bytes_per_pair(); }

double peer_hessian(const peer_glass* glass, const double* z, double* mz) { return glass->hessian(z, mz); }

void peer_hessian_block(const peer_glass* glass, const double* z, double* mz) { glass->hessian_block(z, mz); }

void peer_cubic(const peer_glass* glass, const double* z, double* mz, double* uzz, double* k, double* t) { glass->cubic(z, mz, uzz, *k, *t); }

void peer_quartic(const peer_glass* glass, const double* z, double* mz, double* uzzz, double* k, double* q) { glass->quartic(z, mz, uzzz, *k, *q); }

void peer_geometric(const peer_glass* glass, const double* z, double* gradient, double* scratch, double* k, double* s) { glass->geometric(z, gradient, scratch, *k, *s); }

void peer_scalars(const peer_glass* glass, const double* z, double* k, double* t, double* q, double* s) { glass->scalars(z, *k, *t, *q, *s); }

peer_liquid* peer_liquid_create(int dimension, int n, double box, double skin, const double* positions, const double* sizes, const peer_law* law)
{
    switch (dimension) {
    case 2: return new peer::liquid<2>(n, box, skin, positions, sizes, *law);
    case 3: return new peer::liquid<3>(n, box, skin, positions, sizes, *law);
    case 4: return new peer::liquid<4>(n, box, skin, positions, sizes, *law);
    default: return nullptr;
    }
}

void peer_liquid_destroy(peer_liquid* liquid) { delete liquid; }

long long peer_liquid_pairs(const peer_liquid* liquid) { return liquid->pairs(); }

void peer_liquid_forces(const peer_liquid* liquid, const double* positions, double* forces, double* energy, double* virial)
{
    liquid->forces(positions, forces, *energy, *virial);
}

}
