"""From ase.Atoms to a plotted soft spot: a two-dimensional glass, its quartic mode, and arrows on the particles.

    python3 glass_ase.py [PICTURE]
"""

# %% Atoms, as ASE reads them from any file: small particles Ar, large ones Kr, periodic in the plane.
import sys

import matplotlib.pyplot as plt
import numpy as np
from ase import Atoms

import fastnqe

side = 20
i = np.arange(side**2)
length = np.sqrt(side**2 / 0.86)
jitter = 0.5 * np.fmod(i[:, None] * np.array([0.6180339887498949, 0.4142135623730951]), 1.0)
positions = np.zeros((i.size, 3))
positions[:, :2] = (np.stack([i % side, i // side], axis=1) + jitter) * length / side
symbols = np.where(np.fmod(i * 0.2360679774997897, 1.0) < 0.5, "Kr", "Ar")
atoms = Atoms(symbols, positions=positions, cell=[length, length, 1.0], pbc=[True, True, False])

# %% The glass, and its softest spot: the quartic mode next to the lowest normal mode.
glass = fastnqe.from_ase(atoms, "ipl-2d")
soft = glass.lowest_eigenpairs(1)[0]
pi4 = glass.quartic_mode(soft.vector)
print(f"{glass.particles} particles, energy {glass.energy:.6f}, largest force {glass.max_force:.1e}")
print(f"lowest normal mode: frequency {soft.frequency:.6f}, {glass.particles * soft.participation_ratio:.0f} particles")
print(f"quartic mode:       frequency {pi4.frequency:.6f}, {glass.particles * pi4.coefficients.participation_ratio:.0f} particles")

# %% Its core and its far field.
at = glass.positions % length
diameters = np.where(symbols == "Kr", 1.4, 1.0)
figure, axes = plt.subplots(figsize=(6, 6))
axes.scatter(*at.T, s=(diameters * 11) ** 2, facecolors="none", edgecolors="0.8")
axes.quiver(*at.T, *pi4.direction.T, np.linalg.norm(pi4.direction, axis=1), angles="xy", scale_units="xy", scale=np.abs(pi4.direction).max() / 2.5)
axes.set(aspect="equal", xlim=(0, length), ylim=(0, length), xlabel="x", ylabel="y", title=f"quartic mode, frequency {pi4.frequency:.4f}")
figure.savefig(sys.argv[1] if len(sys.argv) > 1 else "quartic_mode.png", dpi=120)
