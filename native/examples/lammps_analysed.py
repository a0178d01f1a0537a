"""LAMMPS simulates, FastNqe looks at it: every so many steps the positions are handed over in memory, quenched and analysed.

LAMMPS computes the same potential with its own code, so that energy and forces of the two can be compared at every stop.
"""

import ctypes

import numpy as np
from lammps import lammps

import fastnqe
import ipl_in_lammps

simulation = lammps(cmdargs=["-log", "none", "-screen", "none"])
length, types = ipl_in_lammps.liquid(simulation)
simulation.commands_list([*ipl_in_lammps.commands(), "fix move all nvt temp 2.0 2.0 0.5", "thermo 100", "run 100"])

n = simulation.get_natoms()
field = None
for stop in range(3):
    simulation.command("run 100")
    # By number of the atom: LAMMPS keeps its atoms in an order of its own.
    positions = np.ctypeslib.as_array(simulation.gather_atoms("x", 1, 3)).reshape(n, 3)
    theirs = np.ctypeslib.as_array(simulation.gather_atoms("f", 1, 3)).reshape(n, 3)
    their_energy = simulation.get_thermo("pe")
    if field is None:
        field = fastnqe.ForceField(length, positions, "ipl-3d", types=types - 1)
    energy, _, forces = field(positions)
    error = np.abs(forces - theirs).max() / np.abs(theirs).max()
    print(f"step {100 * (stop + 2)}: energy {energy:.9f}, relative difference from LAMMPS {abs(energy / their_energy - 1):.1e}, of forces {error:.1e}")
    assert abs(energy / their_energy - 1) < 1e-12 and error < 1e-11

    glass = fastnqe.quench(length, positions, "ipl-3d", types=types - 1)
    soft = glass.lowest_eigenpairs(1)[0]
    pi4 = glass.quartic_mode(soft.vector)
    print(f"  inherent state {glass.energy / n:.6f} per particle; frequency of the lowest normal mode {soft.frequency:.6f}, of the quartic mode {pi4.frequency:.6f}")
    assert glass.converged and pi4.converged

# The other way: a mode goes back into LAMMPS, here as a kick along it.
velocities = simulation.gather_atoms("v", 1, 3)
kicked = np.ctypeslib.as_array(velocities).reshape(n, 3) + pi4.direction
simulation.scatter_atoms("v", 1, 3, (ctypes.c_double * (3 * n))(*kicked.ravel()))
simulation.command("run 1")
simulation.close()
