"""The Python module: arrays in and out, errors, threads, interruption, potentials of one's own."""

import threading

import numpy as np

import fastnqe

n = 64
length = np.cbrt(n / 0.82)
i = np.arange(n)
cell = np.stack([i % 4, i // 4 % 4, i // 16], axis=1)
positions = (cell + 0.5 * np.fmod(i[:, None] * np.array([0.618, 0.4142, 0.732]), 1.0)) * length / 4
diameters = np.where(np.fmod(i * 0.236, 1.0) < 0.5, 1.4, 1.0)
types = (diameters > 1.2).astype(int)
rng = np.random.default_rng(0)
z = rng.standard_normal((n, 3))


def refuses(error, words, function, *arguments, **options):
    try:
        function(*arguments, **options)
    except error as raised:
        assert words in str(raised), raised
        return raised
    raise AssertionError(f"{function} accepted {arguments}")


assert fastnqe.build_level() == fastnqe.cpu_level(), "the module did not take the best build"
glass = fastnqe.quench(length, positions, "ipl-3d", diameters=diameters)
assert glass.converged and glass.max_force < 1e-10 and (glass.particles, glass.dimension) == (n, 3)
assert "sweep" in fastnqe.Glass.cubic_contraction.__doc__ and all(getattr(fastnqe.Glass, name).__doc__ for name in dir(fastnqe.Glass) if name[0] != "_")

# Boxes and types in their forms, arrays in theirs: always the same glass.
for box in (np.full(3, length), np.diag(np.full(3, length))):
    for x in (positions, np.asfortranarray(positions), positions.tolist(), np.repeat(positions, 2, axis=0)[::2]):
        assert np.array_equal(fastnqe.quench(box, x, fastnqe.Potential("ipl-3d"), types=types).positions, glass.positions)

# Contractions against each other, and written where asked for.
product, cubic, k, t = glass.cubic_contraction(z)
out = np.zeros((n, 3))
assert glass.hessian_product(z, out=out) is out and np.allclose(out, product, rtol=1e-13, atol=1e-10)
assert np.isclose(k, (z * product).sum()) and np.isclose(t, (z * cubic).sum())
assert np.allclose(glass.mixed_cubic_contraction(z, z), cubic) and np.isclose(glass.quartic_contraction(z)[3], (glass.mixed_quartic_contraction(z, z, z) * z).sum())
assert np.isclose(glass.geometric_contraction(z)[2], k) and np.isclose(glass.coefficients(z).stiffness, k / (z**2).sum())
h = 1e-6
slope = (fastnqe.at(length, glass.positions + h * z, "ipl-3d", diameters=diameters).hessian_product(z)
         - fastnqe.at(length, glass.positions - h * z, "ipl-3d", diameters=diameters).hessian_product(z)) / (2 * h)
assert np.abs(slope - cubic).max() < 1e-5 * np.abs(cubic).max()

# Modes and elasticity.
soft, second = glass.lowest_eigenpairs(2)
assert soft.stiffness < second.stiffness and np.allclose(glass.hessian_product(soft.vector), soft.stiffness * soft.vector, atol=1e-6)
pi4, ph = glass.quartic_mode(soft.vector), glass.pseudo_harmonic_mode(soft.vector)
pi3 = glass.cubic_mode(pi4.direction, method=1)
assert pi4.converged and ph.converged and pi3.converged and pi3.coefficients.cubic_coefficient > 0
shear = glass.shear_response(0, 1)
assert np.allclose(glass.hessian_product(shear.velocity), -shear.force, atol=1e-8)
assert np.isclose(glass.shear_coupling(0, 1, pi3.direction), (shear.force * pi3.direction).sum())
assert pi4.end == "converged" and glass.quartic_mode(soft.vector, tolerance=1e-18).end == "stagnated"
moduli = glass.moduli()
assert shear.converged and moduli.converged and not glass.moduli(max_sweeps=1).converged and not glass.shear_response(0, 1, max_sweeps=1).converged
assert np.isclose(np.trace(moduli.stress), -3 * moduli.pressure) and np.isclose(moduli.pressure, glass.pressure) and np.isclose(moduli.stress[0, 1], shear.stress)

# Errors say what is wrong; nothing is written to a wrong output.
refuses(fastnqe.FastNqeError, "poly-3d", fastnqe.Potential, "glass")
assert refuses(fastnqe.FastNqeError, "too small", fastnqe.at, 3.0, positions, "ipl-3d", types=types).status == -1
refuses(fastnqe.FastNqeError, "diameters", fastnqe.at, length, positions, "ipl-3d")
refuses(ValueError, "rows", glass.hessian_product, z[:-1])
refuses(ValueError, "writable", glass.hessian_product, z, out=np.zeros((n, 3), dtype=np.float32))
refuses(ValueError, "shape", fastnqe.at, length, positions.ravel(), "ipl-3d", types=types)
refuses(ValueError, "rows", glass.hessian_product, z.T)
assert np.array_equal(glass.hessian_product(z.ravel()), product)
for wrong in (np.append(diameters, 1.0), diameters[:-1], diameters[:, None]):
    refuses(ValueError, "(64,)", fastnqe.at, length, positions, "ipl-3d", diameters=wrong)
for wrong in (np.append(types, 0), types[:-1], types[:, None]):
    refuses(ValueError, "(64,)", fastnqe.quench, length, positions, "ipl-3d", types=wrong)
refuses(fastnqe.FastNqeError, "translation", glass.quartic_mode, np.ones((n, 3)))
refuses(fastnqe.FastNqeError, "cancel", glass.quartic_mode, z, progress=lambda sweeps, residual: sweeps > 5)


def interrupted(sweeps, residual):
    raise KeyboardInterrupt("by hand")


refuses(KeyboardInterrupt, "by hand", glass.lowest_eigenpairs, 1, progress=interrupted)
# What was not found is no number, and its vector is not what lay in memory.
lost = glass.lowest_eigenpairs(3, max_sweeps=1, method=1)
assert len(lost) == 3 and all(np.isinf(pair.residual) and np.isnan(pair.stiffness) and np.isnan(pair.vector).all() for pair in lost)
seen = []
early = glass.quartic_mode(z, max_sweeps=10, progress=lambda *at: seen.append(at))
assert not early.converged and early.end == "out-of-sweeps" and 5 < len(seen) <= 10
liquid = fastnqe.at(length, positions, "ipl-3d", diameters=diameters)
assert liquid.converged and liquid.quartic_mode(liquid.lowest_eigenpairs(1)[0].vector).end == "undefined"

# A potential of one's own: the same law, asked pair by pair.
c = (-1.11063376625118, 1.26761523722971, -0.496040607284921, 0.0660511826415732)


def pair_length(a, b):
    return 0.5 * (a + b) * (1 - abs(a - b) / 24)


def derivatives(u, a, b):
    q = pair_length(a, b) ** -2
    y = u * q
    return (y**-5 + c[0] + y * (c[1] + y * (c[2] + y * c[3])), q * (-5 * y**-6 + c[1] + y * (2 * c[2] + 3 * c[3] * y)),
            q**2 * (30 * y**-7 + 2 * c[2] + 6 * c[3] * y), q**3 * (-210 * y**-8 + 6 * c[3]), q**4 * 1680 * y**-9)


own = fastnqe.at(length, glass.positions, fastnqe.Potential.custom(lambda a, b: 1.48 * pair_length(a, b), derivatives), diameters=diameters)
assert np.allclose(own.coefficients(z), glass.coefficients(z), rtol=1e-10) and np.isclose(own.energy, glass.energy, rtol=1e-12)
refuses(ZeroDivisionError, "", fastnqe.at, length, positions, fastnqe.Potential.custom(lambda a, b: 1.4, lambda u, a, b: 1 / 0), diameters=diameters)

# The same law as tables, read by type; what is no table is refused.
tables = {}
for a, b in ((0, 0), (1, 0), (1, 1)):
    sizes = 1 + 0.4 * a, 1 + 0.4 * b
    reach = 1.48 * pair_length(*sizes)
    tables[a, b] = 0.6, reach, [derivatives(u, *sizes) for u in np.linspace(0.6**2, reach**2, 1500)]
table = fastnqe.at(length, glass.positions, fastnqe.Potential.tabulated(tables), types=types)
assert np.allclose(table.coefficients(z), glass.coefficients(z), rtol=1e-8) and np.isclose(table.energy, glass.energy, rtol=1e-12)
refuses(ValueError, "rows of 5", fastnqe.Potential.tabulated, {(0, 0): (0.6, 1.4, np.zeros((5, 4)))})
refuses(ValueError, "r3", fastnqe.Potential.tabulated, tables, "r3")
refuses(fastnqe.FastNqeError, "not the derivative", fastnqe.Potential.tabulated, tables, "r")
refuses(fastnqe.FastNqeError, "for each pair", fastnqe.Potential.tabulated, {(1, 1): tables[1, 1]})

# Threads with glasses of their own.
results = [None] * 4


def way(place):
    own = fastnqe.quench(length, positions, "ipl-3d", diameters=diameters)
    results[place] = own.quartic_mode(z).direction


threads = [threading.Thread(target=way, args=(k,)) for k in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert all(np.array_equal(result, results[0]) for result in results)

# A force field whose potential's name is kept by nobody else.
field = fastnqe.ForceField(length, positions, "ipl-3d", diameters=diameters)
energy, virial, forces = field(glass.positions)
assert np.isclose(energy, glass.energy, rtol=1e-13) and np.abs(forces).max() < 1e-9
out = np.zeros((n, 3))
assert field(glass.positions, out=out)[2] is out and np.array_equal(out, forces)
frozen = np.zeros((n, 3))
frozen.flags.writeable = False
for wrong in (frozen, np.zeros((n, 3), dtype=np.float32), np.zeros((n, 6))[:, ::2], [[0.0] * 3] * n):
    refuses(ValueError, "writable", field, glass.positions, out=wrong)
refuses(ValueError, "the output", field, glass.positions, out=np.zeros((n - 1, 3)))
refuses(ValueError, "positions", field, glass.positions[:-1])
lost = glass.positions
lost[7, 1] = np.nan
assert refuses(fastnqe.FastNqeError, "particle", field, lost).status == -1
assert np.array_equal(field(glass.positions)[2], forces)
print("all right")
