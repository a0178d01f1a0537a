#pragma once

#include "neighbours.hpp"
#include "peer.h"

#include <algorithm>
#include <vector>

// What a C caller holds; the dimension is known behind it.
struct peer_liquid {
    virtual ~peer_liquid() = default;
    virtual long long pairs() const = 0;
    virtual void forces(const double* x, double* forces, double& energy, double& virial) const = 0;
};

namespace peer {

template <int d>
class liquid final : public peer_liquid {
    int n_;
    double box_;
    peer_law law_;
    std::vector<double> sizes_;
    half_list list_;

public:
    liquid(int n, double box, double skin, const double* x, const double* sizes, const peer_law& law)
        : n_(n), box_(box), law_(law), sizes_(sizes, sizes + n), list_(find_neighbours<d>(n, box, skin, x, sizes, law))
    {
    }

    long long pairs() const override { return static_cast<long long>(list_.partners.size()); }

    // The force on j is -2 f1 x_ij; the virial is the sum of force times separation. Energies are summed per particle first: under -ffast-math
    // the compiler adds the constant c0 to the running sum by itself, with the same rounding error each time, 1e-12 of the sum in the end.
    void forces(const double* x, double* forces, double& energy_sum, double& virial) const override
    {
        const double inverse_box = 1.0 / box_, cutoff2 = law_.cutoff * law_.cutoff;
        double sum_e = 0.0, sum_v = 0.0;
        std::fill_n(forces, static_cast<size_t>(n_) * d, 0.0);
        for (int i = 0; i < n_; i++) {
            double own[d] = {}, own_e = 0.0, own_v = 0.0;
            for (int at = list_.first[i]; at < list_.first[i + 1]; at++) {
                const int j = list_.partners[at];
                const auto s = separation<d>(x, i, j, box_, inverse_box);
                const double u = dot<d>(s, s);
                const double length2 = squared_length(law_, sizes_[i], sizes_[j]);
                if (u >= cutoff2 * length2)
                    continue;
                double f0, f1;
                energy(law_, u, length2, f0, f1);
                own_e += f0;
                own_v -= 2.0 * f1 * u;
                for (int c = 0; c < d; c++) {
                    const double force = -2.0 * f1 * s[c];
                    own[c] -= force;
                    forces[j * d + c] += force;
                }
            }
            for (int c = 0; c < d; c++)
                forces[i * d + c] += own[c];
            sum_e += own_e;
            sum_v += own_v;
        }
        energy_sum = sum_e;
        virial = sum_v;
    }
};

}
