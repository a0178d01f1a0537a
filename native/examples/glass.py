"""The way from particles to a soft spot in Python; from ase.Atoms to a picture of a mode is in glass_ase.py."""

import numpy as np

import fastnqe

side, d = 8, 3
n = side**d

# Stands for the positions that a simulation holds; the same as in the other languages' examples.
i = np.arange(n)
length = np.cbrt(n / 0.82)
cell = np.stack([i % side, i // side % side, i // side**2], axis=1)
irrational = np.array([0.6180339887498949, 0.4142135623730951, 0.7320508075688772])
positions = (cell + 0.5 * np.fmod(i[:, None] * irrational, 1.0)) * length / side
types = (np.fmod(i * 0.2360679774997897, 1.0) < 0.5).astype(np.int32)

glass = fastnqe.quench(length, positions, "ipl-3d", types=types)
soft = glass.lowest_eigenpairs(1)[0]
pi4 = glass.quartic_mode(soft.vector)
pi3 = glass.cubic_mode(pi4.direction)

print("energy", repr(glass.energy))
print("harmonic.stiffness", repr(soft.stiffness))
print("quartic.stiffness", repr(pi4.coefficients.stiffness))
print("quartic.quarticCoefficient", repr(pi4.coefficients.quartic_coefficient))
print("cubic.stiffness", repr(pi3.coefficients.stiffness))
print("cubic.cubicCoefficient", repr(pi3.coefficients.cubic_coefficient))
