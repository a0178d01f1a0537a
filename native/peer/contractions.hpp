#pragma once

#include "neighbours.hpp"
#include "peer.h"

#include <algorithm>
#include <vector>

// What a C caller holds; the dimension is known behind it.
struct peer_glass {
    virtual ~peer_glass() = default;
    virtual long long pairs() const = 0;
    virtual int bytes_per_pair() const = 0;
    virtual double hessian(const double* z, double* mz) const = 0;
    virtual void hessian_block(const double* z, double* mz) const = 0;
    virtual void cubic(const double* z, double* mz, double* uzz, double& k, double& t) const = 0;
    virtual void quartic(const double* z, double* mz, double* uzzz, double& k, double& q) const = 0;
    virtual void geometric(const double* z, double* gradient, double* scratch, double& k, double& s) const = 0;
    virtual void scalars(const double* z, double& k, double& t, double& q, double& s) const = 0;
};

namespace peer {

// Everything about a pair that a sweep needs, in one place.
template <int d>
struct pair {
    int i, j;
    double x[d];
    double f1, f2, f3, f4;
};

// Pairs are sorted by i: what belongs to i is summed in registers over i's partners and written once.
template <int d>
class glass final : public peer_glass {
    int n_;
    std::vector<int> first_;
    std::vector<pair<d>> pairs_;

public:
    glass(int n, double box, const double* x, const double* sizes, const peer_law& law) : n_(n)
    {
        half_list list = find_neighbours<d>(n, box, 0.0, x, sizes, law);
        first_ = std::move(list.first);
        pairs_.reserve(list.partners.size());
        for (int i = 0; i < n; i++)
            for (int k = first_[i]; k < first_[i + 1]; k++) {
                const int j = list.partners[k];
                const auto s = separation<d>(x, i, j, box, 1.0 / box);
                pair<d> p;
                p.i = i;
                p.j = j;
                std::copy(s.begin(), s.end(), p.x);
                derivatives(law, dot<d>(s, s), squared_length(law, sizes[i], sizes[j]), p.f1, p.f2, p.f3, p.f4);
                pairs_.push_back(p);
            }
    }

    long long pairs() const override { return static_cast<long long>(pairs_.size()); }

    int bytes_per_pair() const override { return sizeof(pair<d>); }

    // K = sum 4 f2 a² + 2 f1 b;  M.z = sum 4 f2 a x + 2 f1 z
    double hessian(const double* z, double* mz) const override
    {
        double k = 0.0;
        std::fill_n(mz, static_cast<size_t>(n_) * d, 0.0);
        for (int i = 0; i < n_; i++) {
            double own[d] = {};
            for (int at = first_[i]; at < first_[i + 1]; at++) {
                const pair<d>& p = pairs_[at];
                double zij[d], a, b;
                project(p, z, zij, a, b);
                const double along = 4.0 * p.f2 * a, across = 2.0 * p.f1;
                k += along * a + across * b;
                for (int c = 0; c < d; c++) {
                    const double term = along * p.x[c] + across * zij[c];
                    own[c] -= term;
                    mz[p.j * d + c] += term;
                }
            }
            for (int c = 0; c < d; c++)
                mz[i * d + c] += own[c];
        }
        return k;
    }

    // M on eight vectors at once: component c of vector v of particle i is z[(i d + c) 8 + v]. Only here does the compiler
    // vectorise, and only here does it profit from being told that the fields do not overlap.
    void hessian_block(const double* __restrict z, double* __restrict mz) const override
    {
        constexpr int width = 8;
        std::fill_n(mz, static_cast<size_t>(n_) * d * width, 0.0);
        for (int i = 0; i < n_; i++) {
            double own[d][width] = {};
            for (int at = first_[i]; at < first_[i + 1]; at++) {
                const pair<d>& p = pairs_[at];
                const double* zi = z + static_cast<size_t>(i) * d * width;
                const double* zj = z + static_cast<size_t>(p.j) * d * width;
                double* __restrict mzj = mz + static_cast<size_t>(p.j) * d * width;
                double zij[d][width], a[width] = {};
                for (int c = 0; c < d; c++)
                    for (int v = 0; v < width; v++) {
                        zij[c][v] = zj[c * width + v] - zi[c * width + v];
                        a[v] += p.x[c] * zij[c][v];
                    }
                for (int c = 0; c < d; c++)
                    for (int v = 0; v < width; v++) {
                        const double term = 4.0 * p.f2 * a[v] * p.x[c] + 2.0 * p.f1 * zij[c][v];
                        own[c][v] -= term;
                        mzj[c * width + v] += term;
                    }
            }
            for (int c = 0; c < d; c++)
                for (int v = 0; v < width; v++)
                    mz[(static_cast<size_t>(i) * d + c) * width + v] += own[c][v];
        }
    }

    // T = sum 8 f3 a³ + 12 f2 a b;  U3:zz = sum (8 f3 a² + 4 f2 b) x + 8 f2 a z
    void cubic(const double* z, double* mz, double* uzz, double& k, double& t) const override
    {
        double sum_k = 0.0, sum_t = 0.0;
        std::fill_n(mz, static_cast<size_t>(n_) * d, 0.0);
        std::fill_n(uzz, static_cast<size_t>(n_) * d, 0.0);
        for (int i = 0; i < n_; i++) {
            double own2[d] = {}, own3[d] = {};
            for (int at = first_[i]; at < first_[i + 1]; at++) {
                const pair<d>& p = pairs_[at];
                double zij[d], a, b;
                project(p, z, zij, a, b);
                const double along2 = 4.0 * p.f2 * a, across2 = 2.0 * p.f1;
                const double along3 = 8.0 * p.f3 * a * a + 4.0 * p.f2 * b, across3 = 8.0 * p.f2 * a;
                sum_k += along2 * a + across2 * b;
                sum_t += along3 * a + across3 * b;
                for (int c = 0; c < d; c++) {
                    const double term2 = along2 * p.x[c] + across2 * zij[c];
                    const double term3 = along3 * p.x[c] + across3 * zij[c];
                    own2[c] -= term2;
                    own3[c] -= term3;
                    mz[p.j * d + c] += term2;
                    uzz[p.j * d + c] += term3;
                }
            }
            for (int c = 0; c < d; c++) {
                mz[i * d + c] += own2[c];
                uzz[i * d + c] += own3[c];
            }
        }
        k = sum_k;
        t = sum_t;
    }

    // Q = sum 16 f4 a⁴ + 48 f3 a² b + 12 f2 b²;  U4:.zzz = sum (16 f4 a³ + 24 f3 a b) x + (24 f3 a² + 12 f2 b) z
    void quartic(const double* z, double* mz, double* uzzz, double& k, double& q) const override
    {
        double sum_k = 0.0, sum_q = 0.0;
        std::fill_n(mz, static_cast<size_t>(n_) * d, 0.0);
        std::fill_n(uzzz, static_cast<size_t>(n_) * d, 0.0);
        for (int i = 0; i < n_; i++) {
            double own2[d] = {}, own4[d] = {};
            for (int at = first_[i]; at < first_[i + 1]; at++) {
                const pair<d>& p = pairs_[at];
                double zij[d], a, b;
                project(p, z, zij, a, b);
                const double along2 = 4.0 * p.f2 * a, across2 = 2.0 * p.f1;
                const double along4 = 16.0 * p.f4 * a * a * a + 24.0 * p.f3 * a * b;
                const double across4 = 24.0 * p.f3 * a * a + 12.0 * p.f2 * b;
                sum_k += along2 * a + across2 * b;
                sum_q += along4 * a + across4 * b;
                for (int c = 0; c < d; c++) {
                    const double term2 = along2 * p.x[c] + across2 * zij[c];
                    const double term4 = along4 * p.x[c] + across4 * zij[c];
                    own2[c] -= term2;
                    own4[c] -= term4;
                    mz[p.j * d + c] += term2;
                    uzzz[p.j * d + c] += term4;
                }
            }
            for (int c = 0; c < d; c++) {
                mz[i * d + c] += own2[c];
                uzzz[i * d + c] += own4[c];
            }
        }
        k = sum_k;
        q = sum_q;
    }

    // C = K²/S: its gradient is 4 K/S M.z - 4 K²/S² sum b z (eq. C3). The factors are known at the end, so the sums wait in two fields.
    void geometric(const double* z, double* gradient, double* bz, double& k, double& s) const override
    {
        double sum_k = 0.0, sum_s = 0.0;
        std::fill_n(gradient, static_cast<size_t>(n_) * d, 0.0);
        std::fill_n(bz, static_cast<size_t>(n_) * d, 0.0);
        for (int i = 0; i < n_; i++) {
            double own2[d] = {}, own_b[d] = {};
            for (int at = first_[i]; at < first_[i + 1]; at++) {
                const pair<d>& p = pairs_[at];
                double zij[d], a, b;
                project(p, z, zij, a, b);
                const double along = 4.0 * p.f2 * a, across = 2.0 * p.f1;
                sum_k += along * a + across * b;
                sum_s += b * b;
                for (int c = 0; c < d; c++) {
                    const double term2 = along * p.x[c] + across * zij[c];
                    const double term_b = b * zij[c];
                    own2[c] -= term2;
                    own_b[c] -= term_b;
                    gradient[p.j * d + c] += term2;
                    bz[p.j * d + c] += term_b;
                }
            }
            for (int c = 0; c < d; c++) {
                gradient[i * d + c] += own2[c];
                bz[i * d + c] += own_b[c];
            }
        }
        const double of_mz = 4.0 * sum_k / sum_s, of_bz = 4.0 * sum_k * sum_k / (sum_s * sum_s);
        for (int at = 0; at < n_ * d; at++)
            gradient[at] = of_mz * gradient[at] - of_bz * bz[at];
        k = sum_k;
        s = sum_s;
    }

    void scalars(const double* z, double& k, double& t, double& q, double& s) const override
    {
        double sum_k = 0.0, sum_t = 0.0, sum_q = 0.0, sum_s = 0.0;
        for (const pair<d>& p : pairs_) {
            double zij[d], a, b;
            project(p, z, zij, a, b);
            sum_k += 4.0 * p.f2 * a * a + 2.0 * p.f1 * b;
            sum_t += 8.0 * p.f3 * a * a * a + 12.0 * p.f2 * a * b;
            sum_q += 16.0 * p.f4 * a * a * a * a + 48.0 * p.f3 * a * a * b + 12.0 * p.f2 * b * b;
            sum_s += b * b;
        }
        k = sum_k;
        t = sum_t;
        q = sum_q;
        s = sum_s;
    }

private:
    // z_ij = z_j - z_i, a = x·z_ij, b = z_ij·z_ij
    static void project(const pair<d>& p, const double* z, double (&zij)[d], double& a, double& b)
    {
        a = b = 0.0;
        for (int c = 0; c < d; c++) {
            zij[c] = z[p.j * d + c] - z[p.i * d + c];
            a += p.x[c] * zij[c];
            b += zij[c] * zij[c];
        }
    }
};

}
