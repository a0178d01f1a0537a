"""The smoothed inverse power law of model ipl-3d as LAMMPS commands, exact to rounding."""

import numpy as np

CUTOFF, C2, C4, C6 = 1.48, 1.26761523722971, -0.496040607284921, 0.0660511826415732
DIAMETERS = {(1, 1): 1.0, (1, 2): 1.18, (2, 2): 1.4}


def commands():
    """pair_style nm/cut has two powers per term: r^-10 and r^2 in one, r^4 and r^6 in another; the shift to zero at the cutoff is c_0."""
    lines = [f"pair_style hybrid/overlay nm/cut {CUTOFF * 1.4!r} nm/cut {CUTOFF * 1.4!r}"]
    for (i, j), length in DIAMETERS.items():
        a2, a4, a6 = C2 / length**2, C4 / length**4, C6 / length**6
        r0, r1 = (5 * length**10 / a2) ** (1 / 12), np.sqrt(-a4 / (1.5 * a6))
        e0, e1 = -6 * length**10 / r0**10, a6 * r1**6 / 2
        lines.append(f"pair_coeff {i} {j} nm/cut 1 {float(e0)!r} {float(r0)!r} 10 -2 {CUTOFF * length!r}")
        lines.append(f"pair_coeff {i} {j} nm/cut 2 {float(e1)!r} {float(r1)!r} -4 -6 {CUTOFF * length!r}")
    return lines + ["pair_modify shift yes"]


def liquid(lammps, side=6, temperature=2.0):
    """A box of side³ particles at the model's density, half of them large, on a lattice with velocities; returns its length and the types."""
    n = side**3
    length = float(np.cbrt(n / 0.82))
    rng = np.random.default_rng(1)
    cell = np.stack([np.arange(n) % side, np.arange(n) // side % side, np.arange(n) // side**2], axis=1)
    positions = (cell + 0.3 * rng.random((n, 3))) * length / side
    types = np.repeat([1, 2], [n - n // 2, n // 2])
    rng.shuffle(types)
    lammps.commands_list(["units lj", "atom_style atomic", "atom_modify map array sort 0 0", f"region box block 0 {length!r} 0 {length!r} 0 {length!r}",
                          "create_box 2 box", "mass * 1"])
    lammps.create_atoms(n, list(range(1, n + 1)), types.tolist(), positions.ravel().tolist())
    lammps.commands_list([f"velocity all create {temperature} 4928459 loop all", "timestep 0.002", "neighbor 0.3 bin",
                            "neigh_modify delay 0 every 1 check yes", "thermo_modify norm no"])
    return length, types
