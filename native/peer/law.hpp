#pragma once

#include "peer.h"

#include <cmath>

namespace peer {

// The squared pair length lambda_ij².
inline double squared_length(const peer_law& law, double si, double sj)
{
    const double lambda = 0.5 * (si + sj) * (1.0 - law.non_additivity * std::abs(si - sj));
    return lambda * lambda;
}

// phi and its first derivative with respect to u = r².
inline void energy(const peer_law& law, double u, double length2, double& f0, double& f1)
{
    const double y = u / length2;
    const double inverse = length2 / u;
    const double power = inverse * inverse * inverse * inverse * inverse;
    f0 = power + law.c0 + y * (law.c2 + y * (law.c4 + y * law.c6));
    f1 = (-5.0 * power * inverse + law.c2 + y * (2.0 * law.c4 + y * 3.0 * law.c6)) / length2;
}

// The first four derivatives of phi with respect to u.
inline void derivatives(const peer_law& law, double u, double length2, double& f1, double& f2, double& f3, double& f4)
{
    const double y = u / length2;
    const double p1 = -5.0 * std::pow(y, -6), p2 = -6.0 * p1 / y, p3 = -7.0 * p2 / y, p4 = -8.0 * p3 / y;
    f1 = (p1 + law.c2 + y * (2.0 * law.c4 + y * 3.0 * law.c6)) / length2;
    f2 = (p2 + 2.0 * law.c4 + 6.0 * law.c6 * y) / std::pow(length2, 2);
    f3 = (p3 + 6.0 * law.c6) / std::pow(length2, 3);
    f4 = p4 / std::pow(length2, 4);
}

}
