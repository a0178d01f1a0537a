// fastnqe.hpp - the C interface of fastnqe.h for C++17: objects that free themselves, exceptions for errors, std::vector for fields.
//
//     fastnqe::system liquid{3, box, positions};
//     liquid.types = types;
//     auto glass = fastnqe::glass::quench(liquid, fastnqe::potential::model("ipl-3d"));
//     auto soft = glass.lowest_eigenpairs(1);
//     auto pi4 = glass.quartic_mode(soft.vector(0));
//
// Units, signs, threads and everything else are as fastnqe.h says. What is not wrapped here is a call with handle() away.
#ifndef FASTNQE_HPP
#define FASTNQE_HPP

#include "fastnqe.h"

#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace fastnqe {

using field = std::vector<double>;

// An error of the library, with its status.
class error : public std::runtime_error {
public:
    explicit error(fnqe_status status) : std::runtime_error(last_words()), status_(status) {}
    fnqe_status status() const noexcept { return status_; }

private:
    static std::string last_words() {
        std::string text(static_cast<std::size_t>(fnqe_last_error(nullptr, 0)), '\0');
        fnqe_last_error(text.data(), static_cast<std::int64_t>(text.size()));
        text.pop_back();
        return text;
    }
    fnqe_status status_;
};

// Throws for an error; false if something did not converge.
inline bool check(fnqe_status status) {
    if (status < 0) throw error(status);
    return status == FNQE_DONE;
}

// Owns what a handle stands for.
class owner {
public:
    owner() = default;
    explicit owner(std::uint64_t handle) noexcept : handle_(handle) {}
    owner(owner &&other) noexcept : handle_(std::exchange(other.handle_, 0)) {}
    owner &operator=(owner &&other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~owner() { fnqe_free(handle_); }
    std::uint64_t handle() const noexcept { return handle_; }

private:
    std::uint64_t handle_ = 0;
};

class potential : public owner {
public:
    using owner::owner;

    static potential model(const std::string &name) {
        fnqe_potential made = 0;
        check(fnqe_potential_model(name.c_str(), &made));
        return potential(made);
    }

    static potential inverse_power(int exponent, double cutoff, int smoothing_order, double non_additivity) {
        fnqe_potential made = 0;
        check(fnqe_potential_inverse_power(exponent, cutoff, smoothing_order, non_additivity, &made));
        return potential(made);
    }

    // "user" has to live until the last glass or force field of this potential is made, and every force computed.
    static potential custom(fnqe_cutoff_function cutoff, fnqe_pair_function derivatives, int variable, void *user = nullptr) {
        fnqe_potential made = 0;
        check(fnqe_potential_custom(cutoff, derivatives, variable, user, &made));
        return potential(made);
    }

    static potential tabulated(const std::vector<fnqe_table> &tables, int variable) {
        fnqe_potential made = 0;
        check(fnqe_potential_tabulated(tables.data(), static_cast<std::int64_t>(tables.size()), variable, &made));
        return potential(made);
    }
};

// Particles in a box; give diameters, or types with a binary model or tables.
struct system {
    int dimension = 3;
    std::vector<double> box;  // d x d, rows are the lattice vectors
    field positions;
    std::vector<double> diameters = {};
    std::vector<std::int32_t> types = {};

    // The description for the C functions; it points into this object.
    fnqe_system view() const {
        fnqe_system view{};
        const auto d = static_cast<std::size_t>(dimension);
        if (dimension < 2 || dimension > 4 || box.size() != d * d || positions.size() % d != 0)
            throw std::invalid_argument("fastnqe::system: dimension 2, 3 or 4, a d x d box and N*d positions are expected");
        require_one_each("diameters", diameters.size(), positions.size() / d);
        require_one_each("types", types.size(), positions.size() / d);
        view.dimension = dimension;
        view.particles = static_cast<std::int64_t>(positions.size() / d);
        for (std::size_t k = 0; k < box.size(); ++k) view.box[k] = box[k];
        view.positions = positions.data();
        view.positions_size = static_cast<std::int64_t>(positions.size());
        view.diameters = diameters.empty() ? nullptr : diameters.data();
        view.diameters_size = static_cast<std::int64_t>(diameters.size());
        view.types = types.empty() ? nullptr : types.data();
        view.types_size = static_cast<std::int64_t>(types.size());
        return view;
    }

private:
    // The C functions take longer arrays; a vector knows its size, and another one is a mistake.
    static void require_one_each(const char *name, std::size_t size, std::size_t particles) {
        if (size != 0 && size != particles)
            throw std::invalid_argument("fastnqe::system: there are " + std::to_string(size) + " " + name + "; expected one for each of "
                                        + std::to_string(particles) + " particles, or none");
    }
};

// "converged" and "end" say how the search ended.
struct mode : fnqe_mode {
    field direction;
};

struct moduli : fnqe_moduli {
    bool converged = false;  // whether every linear solve did
};

// One that was not found has NaN for its numbers and its vector, and an infinite residual.
struct eigenpairs {
    std::vector<fnqe_eigenpair> pairs;
    std::vector<field> vectors;
    bool converged = false;
    const field &vector(std::size_t k) const { return vectors.at(k); }
};

class glass : public owner {
public:
    static glass at(const system &particles, const potential &pair_potential) {
        const fnqe_system view = particles.view();
        fnqe_glass made = 0;
        check(fnqe_glass_at(&view, pair_potential.handle(), &made));
        return glass(made, true);
    }

    static glass quench(const system &particles, const potential &pair_potential, const fnqe_options &options = {}) {
        const fnqe_system view = particles.view();
        fnqe_glass made = 0;
        const bool converged = check(fnqe_glass_quench(&view, pair_potential.handle(), &options, &made));
        return glass(made, converged);
    }

    // Whether the quench reached its tolerance; true for a glass made by at().
    bool converged() const noexcept { return converged_; }

    fnqe_glass_info info() const {
        fnqe_glass_info info{};
        check(fnqe_glass_info_of(handle(), &info));
        return info;
    }

    field positions() const {
        field to(size());
        check(fnqe_glass_positions(handle(), to.data(), length(to)));
        return to;
    }

    field hessian_product(const field &z) const {
        field product(size());
        check(fnqe_hessian_product(handle(), read(z), product.data(), length(product), nullptr));
        return product;
    }

    fnqe_coefficients coefficients(const field &z) const {
        fnqe_coefficients found{};
        check(fnqe_coefficients_of(handle(), read(z), length(z), &found));
        return found;
    }

    eigenpairs lowest_eigenpairs(int count, const fnqe_options &options = {}) const {
        eigenpairs found;
        const auto wanted = static_cast<std::size_t>(count > 0 ? count : 0);
        found.pairs.resize(wanted + 1);
        field all(wanted * size() + 1, std::numeric_limits<double>::quiet_NaN());
        found.converged = check(fnqe_lowest_eigenpairs(handle(), count, &options, found.pairs.data(), all.data(), length(all)));
        found.pairs.resize(wanted);
        const auto n = static_cast<std::ptrdiff_t>(size());
        for (std::ptrdiff_t k = 0; k < count; ++k) found.vectors.emplace_back(all.begin() + k * n, all.begin() + (k + 1) * n);
        return found;
    }

    mode quartic_mode(const field &direction, const fnqe_options &options = {}) const { return find(fnqe_quartic_mode, direction, options); }
    mode cubic_mode(const field &direction, const fnqe_options &options = {}) const { return find(fnqe_cubic_mode, direction, options); }
    mode pseudo_harmonic_mode(const field &direction, const fnqe_options &options = {}) const { return find(fnqe_pseudo_harmonic_mode, direction, options); }

    fastnqe::moduli moduli(const fnqe_options &options = {}) const {
        fastnqe::moduli found{};
        found.converged = check(fnqe_moduli_of(handle(), &options, &found));
        return found;
    }

private:
    glass(fnqe_glass handle, bool converged) : owner(handle), converged_(converged) {
        const fnqe_glass_info of = info();
        size_ = static_cast<std::size_t>(of.particles) * static_cast<std::size_t>(of.dimension);
    }

    std::size_t size() const noexcept { return size_; }
    static std::int64_t length(const field &z) { return static_cast<std::int64_t>(z.size()); }
    const double *read(const field &z) const {
        if (z.size() != size())
            throw std::invalid_argument("fastnqe::glass: the field has " + std::to_string(z.size()) + " numbers; expected " + std::to_string(size()));
        return z.data();
    }

    template <class Search>
    mode find(Search search, const field &direction, const fnqe_options &options) const {
        mode found{};
        found.direction.resize(size());
        check(search(handle(), read(direction), &options, &found, found.direction.data(), length(direction)));
        return found;
    }

    std::size_t size_ = 0;
    bool converged_ = false;
};

}  // namespace fastnqe

#endif
