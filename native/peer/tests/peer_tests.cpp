// The peer against deliberately naive code: all pairs, explicit derivative tensors contracted index by index, finite differences.
// The fast kernels use the identities in a = x·z and b = z·z; nothing here does.

#include "peer.h"

#include <cmath>
#include <cstdio>
#include <functional>
#include <random>
#include <vector>

namespace {

using field = std::vector<double>;

const peer_law law = {1.48, 1.0 / 24, -1.11063376625118, 1.26761523722971, -0.496040607284921, 0.0660511826415732};

int failures = 0;

// |value - expected| <= tolerance times scale, the sum of the absolute values of the terms.
void expect_close(const char* what, int d, double value, double expected, double scale, double tolerance = 1e-12)
{
    if (std::abs(value - expected) <= tolerance * scale)
        return;
    std::printf("%s, d = %d: %.17g, expected %.17g within %.1e\n", what, d, value, expected, tolerance * scale);
    failures++;
}

// m (m-1) ... (m-order+1) y^(m-order): a derivative of y^m, for every m alike.
double power_derivative(int m, int order, double y)
{
    double factor = 1;
    for (int k = 0; k < order; k++)
        factor *= m - k;
    return factor * std::pow(y, m - order);
}

double law_derivative(int order, double u, double length)
{
    const double y = u / (length * length);
    const double sum = power_derivative(-5, order, y) + law.c0 * power_derivative(0, order, y) + law.c2 * power_derivative(1, order, y)
        + law.c4 * power_derivative(2, order, y) + law.c6 * power_derivative(3, order, y);
    return sum * std::pow(length, -2 * order);
}

struct system_of_particles {
    int d, n;
    double box;
    field x, sizes;

    // Particles on a jittered grid: near enough to interact, never on top of each other.
    system_of_particles(int dimension, int side, unsigned seed) : d(dimension), n(1), box(1.15 * side)
    {
        std::mt19937 random(seed);
        std::uniform_real_distribution<double> jitter(-0.2, 0.2);
        for (int c = 0; c < d; c++)
            n *= side;
        for (int i = 0; i < n; i++) {
            for (int c = 0, rest = i; c < d; c++, rest /= side)
                x.push_back(1.15 * (rest % side) + jitter(random) - 0.3);
            sizes.push_back(i % 3 == 0 ? 1.4 : 1.0);
        }
    }

    // Calls visit(i, j, x_ij, pair length) for all pairs within reach of each other.
    void for_each_pair(const field& at, const std::function<void(int, int, const field&, double)>& visit) const
    {
        for (int i = 0; i < n; i++)
            for (int j = i + 1; j < n; j++) {
                field s(d);
                double u = 0;
                for (int c = 0; c < d; c++) {
                    s[c] = at[j * d + c] - at[i * d + c];
                    while (s[c] > box / 2)
                        s[c] -= box;
                    while (s[c] < -box / 2)
                        s[c] += box;
                    u += s[c] * s[c];
                }
                const double length = (sizes[i] + sizes[j]) / 2 * (1 - law.non_additivity * std::abs(sizes[i] - sizes[j]));
                if (std::sqrt(u) < law.cutoff * length)
                    visit(i, j, s, length);
            }
    }

    double energy(const field& at) const
    {
        double sum = 0;
        for_each_pair(at, [&](int, int, const field& s, double length) {
            double u = 0;
            for (double c : s)
                u += c * c;
            sum += law_derivative(0, u, length);
        });
        return sum;
    }
};

// A derivative tensor of U contracted with z in all indices but one, and its sum of absolute pair terms.
struct contraction {
    field vector;
    double scale = 0;

    double dot(const field& z) const
    {
        double sum = 0;
        for (size_t k = 0; k < z.size(); k++)
            sum += vector[k] * z[k];
        return sum;
    }
};

// Index by index over the explicit tensors of one pair: by the chain rule with u = x·x, d²u/dx_a dx_b = 2 delta_ab,
//   order 2: 4 f2 x_a x_b + 2 f1 delta_ab
//   order 3: 8 f3 x_a x_b x_c + 4 f2 (x_a delta_bc + ...three terms)
//   order 4: 16 f4 x_a x_b x_c x_e + 8 f3 (x_a x_b delta_ce + ...six terms) + 4 f2 (delta_ab delta_ce + ...three terms)
contraction contract(const system_of_particles& p, int order, const field& z)
{
    contraction result;
    result.vector.assign(p.x.size(), 0);
    p.for_each_pair(p.x, [&](int i, int j, const field& x, double length) {
        const int d = p.d;
        double u = 0, f[5];
        for (double c : x)
            u += c * c;
        for (int k = 1; k <= 4; k++)
            f[k] = law_derivative(k, u, length);
        field w(d);
        for (int c = 0; c < d; c++)
            w[c] = z[j * d + c] - z[i * d + c];
        auto delta = [](int a, int b) { return a == b ? 1.0 : 0.0; };
        for (int a = 0; a < d; a++) {
            double sum = 0;
            for (int b = 0; b < d; b++) {
                if (order == 2)
                    sum += (4 * f[2] * x[a] * x[b] + 2 * f[1] * delta(a, b)) * w[b];
                for (int c = 0; c < d && order > 2; c++) {
                    if (order == 3)
                        sum += (8 * f[3] * x[a] * x[b] * x[c] + 4 * f[2] * (x[a] * delta(b, c) + x[b] * delta(a, c) + x[c] * delta(a, b))) * w[b] * w[c];
                    for (int e = 0; e < d && order > 3; e++)
                        sum += (16 * f[4] * x[a] * x[b] * x[c] * x[e]
                                + 8 * f[3] * (x[a] * x[b] * delta(c, e) + x[a] * x[c] * delta(b, e) + x[a] * x[e] * delta(b, c)
                                              + x[b] * x[c] * delta(a, e) + x[b] * x[e] * delta(a, c) + x[c] * x[e] * delta(a, b))
                                + 4 * f[2] * (delta(a, b) * delta(c, e) + delta(a, c) * delta(b, e) + delta(a, e) * delta(b, c)))
                            * w[b] * w[c] * w[e];
                }
            }
            result.vector[j * d + a] += sum;
            result.vector[i * d + a] -= sum;
            result.scale += std::abs(sum * w[a]);
        }
    });
    return result;
}

void expect_field(const char* what, int d, const field& value, const field& expected)
{
    double scale = 0;
    for (double v : expected)
        scale = std::max(scale, std::abs(v));
    for (size_t k = 0; k < expected.size(); k++)
        expect_close(what, d, value[k], expected[k], scale);
}

void test_glass(int d, int side)
{
    const system_of_particles p(d, side, 17u + d);
    peer_glass* glass = peer_glass_create(d, p.n, p.box, p.x.data(), p.sizes.data(), &law);
    std::mt19937 random(5);
    std::normal_distribution<double> normal;
    field z(p.x.size());
    for (double& component : z)
        component = normal(random);
    const contraction m = contract(p, 2, z), u3 = contract(p, 3, z), u4 = contract(p, 4, z);
    double pairs = 0, s_expected = 0;
    field bz(z.size());
    p.for_each_pair(p.x, [&](int i, int j, const field&, double) {
        double b = 0;
        for (int c = 0; c < d; c++)
            b += std::pow(z[j * d + c] - z[i * d + c], 2);
        for (int c = 0; c < d; c++) {
            bz[j * d + c] += b * (z[j * d + c] - z[i * d + c]);
            bz[i * d + c] -= b * (z[j * d + c] - z[i * d + c]);
        }
        pairs++;
        s_expected += b * b;
    });
    expect_close("pairs", d, static_cast<double>(peer_glass_pairs(glass)), pairs, 0);

    field mz(z.size(), 9), uz(z.size(), 9);
    double k, t, q, s;
    expect_close("hessian K", d, peer_hessian(glass, z.data(), mz.data()), m.dot(z), m.scale);
    expect_field("hessian M.z", d, mz, m.vector);
    peer_cubic(glass, z.data(), mz.data(), uz.data(), &k, &t);
    expect_close("cubic K", d, k, m.dot(z), m.scale);
    expect_close("cubic T", d, t, u3.dot(z), u3.scale);
    expect_field("cubic M.z", d, mz, m.vector);
    expect_field("cubic U3:zz", d, uz, u3.vector);
    peer_quartic(glass, z.data(), mz.data(), uz.data(), &k, &q);
    expect_close("quartic K", d, k, m.dot(z), m.scale);
    expect_close("quartic Q", d, q, u4.dot(z), u4.scale);
    expect_field("quartic M.z", d, mz, m.vector);
    expect_field("quartic U4:.zzz", d, uz, u4.vector);
    peer_scalars(glass, z.data(), &k, &t, &q, &s);
    expect_close("scalars K", d, k, m.dot(z), m.scale);
    expect_close("scalars T", d, t, u3.dot(z), u3.scale);
    expect_close("scalars Q", d, q, u4.dot(z), u4.scale);
    expect_close("scalars S", d, s, s_expected, s_expected);

    field gradient_expected(z.size()), gradient(z.size()), scratch(z.size());
    for (size_t c = 0; c < z.size(); c++)
        gradient_expected[c] = 4 * m.dot(z) / s_expected * m.vector[c] - 4 * std::pow(m.dot(z) / s_expected, 2) * bz[c];
    peer_geometric(glass, z.data(), gradient.data(), scratch.data(), &k, &s);
    expect_close("geometric K", d, k, m.dot(z), m.scale);
    expect_close("geometric S", d, s, s_expected, s_expected);
    expect_field("geometric gradient", d, gradient, gradient_expected);

    field block(8 * z.size()), block_product(8 * z.size());
    for (double& component : block)
        component = normal(random);
    peer_hessian_block(glass, block.data(), block_product.data());
    for (int v = 0; v < 8; v++) {
        field single(z.size()), product(z.size());
        for (size_t c = 0; c < z.size(); c++)
            single[c] = block[8 * c + v];
        for (size_t c = 0; c < z.size(); c++)
            product[c] = block_product[8 * c + v];
        expect_field("block M.z", d, product, contract(p, 2, single).vector);
    }
    peer_glass_destroy(glass);
}

void test_liquid(int d, int side)
{
    const system_of_particles p(d, side, 91u + d);
    const double skin = 0.3;
    peer_liquid* liquid = peer_liquid_create(d, p.n, p.box, skin, p.x.data(), p.sizes.data(), &law);
    // Moved by less than half the skin, and into other images of the box: the list still has every interacting pair.
    std::mt19937 random(7);
    std::uniform_real_distribution<double> step(-0.07, 0.07);
    field moved = p.x;
    for (double& component : moved)
        component += step(random);
    moved[0] += p.box;

    field forces(p.x.size(), 9);
    double energy, virial, virial_expected = 0, energy_expected = p.energy(moved);
    field expected(p.x.size());
    p.for_each_pair(moved, [&](int i, int j, const field& s, double length) {
        double u = 0;
        for (double c : s)
            u += c * c;
        const double f1 = law_derivative(1, u, length);
        virial_expected -= 2 * f1 * u;
        for (int c = 0; c < d; c++) {
            expected[j * d + c] -= 2 * f1 * s[c];
            expected[i * d + c] += 2 * f1 * s[c];
        }
    });
    peer_liquid_forces(liquid, moved.data(), forces.data(), &energy, &virial);
    expect_close("energy", d, energy, energy_expected, energy_expected);
    expect_close("virial", d, virial, virial_expected, std::abs(virial_expected));
    expect_field("forces", d, forces, expected);

    const double h = 1e-5;
    for (size_t k = 1; k < moved.size(); k += 7) {
        field forward = moved, backward = moved;
        forward[k] += h;
        backward[k] -= h;
        const double slope = (p.energy(forward) - p.energy(backward)) / (2 * h);
        expect_close("force as slope of the energy", d, forces[k], -slope, std::abs(slope) + 100, 1e-6);
    }
    peer_liquid_destroy(liquid);
}

}

int main()
{
    // The smaller boxes are less than three cells wide: every cell is its neighbour's neighbour on both sides.
    const int sides[][2] = {{6, 11}, {5, 7}, {4, 5}};
    for (int d = 2; d <= 4; d++)
        for (int side : sides[d - 2]) {
            test_glass(d, side);
            test_liquid(d, side);
        }
    if (peer_glass_create(5, 1, 1.0, nullptr, nullptr, &law) != nullptr || peer_liquid_create(1, 1, 1.0, 0.0, nullptr, nullptr, &law) != nullptr) {
        std::printf("a dimension other than 2, 3, 4 was not refused\n");
        failures++;
    }
    std::printf(failures == 0 ? "peer: all kernels agree with the naive sums\n" : "peer: %d figures differ\n", failures);
    return failures == 0 ? 0 : 1;
}
