#pragma once

#include "law.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace peer {

// Half a neighbour list: particle i's partners j > i are partners[first[i]] to partners[first[i + 1] - 1], in rising order.
struct half_list {
    std::vector<int> first, partners;
};

// x_j - x_i by the minimum image of a cubic box.
template <int d>
inline std::array<double, d> separation(const double* x, int i, int j, double box, double inverse_box)
{
    std::array<double, d> s;
    for (int c = 0; c < d; c++) {
        s[c] = x[j * d + c] - x[i * d + c];
        s[c] -= box * std::rint(s[c] * inverse_box);
    }
    return s;
}

template <int d>
inline double dot(const std::array<double, d>& a, const std::array<double, d>& b)
{
    double sum = 0.0;
    for (int c = 0; c < d; c++)
        sum += a[c] * b[c];
    return sum;
}

// All pairs closer than their cutoff plus the skin, found by cells at least as wide as the largest of these distances.
template <int d>
half_list find_neighbours(int n, double box, double skin, const double* x, const double* sizes, const peer_law& law)
{
    const double largest = *std::max_element(sizes, sizes + n);
    const int side = std::max(1, static_cast<int>(box / (law.cutoff * largest + skin)));
    std::vector<std::array<int, d>> cell_of(n);
    int cells = 1;
    for (int c = 0; c < d; c++)
        cells *= side;
    auto index = [side](const std::array<int, d>& cell) {
        int k = 0;
        for (int c = 0; c < d; c++)
            k = k * side + (cell[c] + side) % side;
        return k;
    };
    std::vector<std::vector<int>> members(cells);
    for (int i = 0; i < n; i++) {
        for (int c = 0; c < d; c++) {
            const double fraction = x[i * d + c] / box;
            cell_of[i][c] = std::min(side - 1, static_cast<int>((fraction - std::floor(fraction)) * side));
        }
        members[index(cell_of[i])].push_back(i);
    }

    int around = 1;
    for (int c = 0; c < d; c++)
        around *= 3;
    half_list list;
    list.first.push_back(0);
    std::vector<int> visited;
    for (int i = 0; i < n; i++) {
        // In a small box the same cell lies on both sides: visit it once.
        visited.clear();
        for (int k = 0; k < around; k++) {
            std::array<int, d> cell = cell_of[i];
            for (int c = 0, rest = k; c < d; c++, rest /= 3)
                cell[c] += rest % 3 - 1;
            visited.push_back(index(cell));
        }
        std::sort(visited.begin(), visited.end());
        visited.erase(std::unique(visited.begin(), visited.end()), visited.end());
        for (int cell : visited)
            for (int j : members[cell]) {
                if (j <= i)
                    continue;
                const auto s = separation<d>(x, i, j, box, 1.0 / box);
                const double reach = law.cutoff * std::sqrt(squared_length(law, sizes[i], sizes[j])) + skin;
                if (dot<d>(s, s) < reach * reach)
                    list.partners.push_back(j);
            }
        std::sort(list.partners.begin() + list.first.back(), list.partners.end());
        list.first.push_back(static_cast<int>(list.partners.size()));
    }
    return list;
}

}
