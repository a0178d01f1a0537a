"""Soft spots of computer glasses from NumPy arrays.

    import fastnqe

    glass = fastnqe.quench(box, positions, "ipl-3d", types=types)
    soft = glass.lowest_eigenpairs(1)[0]
    pi4 = glass.quartic_mode(soft.vector)
    pi3 = glass.cubic_mode(pi4.direction)

A field (positions, displacements, forces) is an array of N rows of d numbers. Arrays of C-contiguous float64 are read and written where they
are; others are converted first. Equation numbers are those of Phys. Rev. E 101, 032130 (2020), arXiv:1912.10930.

A glass serves one thread at a time. The GIL is released during a call, so that threads with glasses of their own run side by side. Ctrl-C
stops long work.

The shared library is looked for in the folder that FASTNQE_LIBRARY names (DIR/lib of build/install; or it names a file, which is then taken as it
is), in the folder above this module (where build/install puts it), and where the loader looks.
"""

import ctypes
import os
import pathlib
from collections import namedtuple
from ctypes import POINTER, byref, c_char_p, c_double, c_int32, c_int64, c_uint64, c_void_p

import numpy as np

__all__ = ["FastNqeError", "ForceField", "Glass", "Potential", "at", "build_level", "cpu_level", "from_ase", "quench", "simd_width", "version"]


class FastNqeError(Exception):
    """The library refused an argument or failed; ``status`` is the number of fastnqe.h."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


Coefficients = namedtuple("Coefficients", "stiffness cubic_coefficient quartic_coefficient participation_ratio quartic_energy cubic_energy geometric_cost")
Coefficients.__doc__ = "kappa (eq. 11), tau (eq. 28), chi (eq. 10), e (eq. 14), and the costs of eqs. 12, 31 and C3."

Eigenpair = namedtuple("Eigenpair", "stiffness frequency participation_ratio residual vector")
Eigenpair.__doc__ = "A normal mode: eigenvalue, its square root, e (eq. 14), relative residual, and the vector as an N by d array."

Mode = namedtuple("Mode", "direction coefficients frequency residual converged end iterations sweeps")
Mode.__doc__ = """A nonlinear mode: the field as an N by d array of norm 1, what it is like, and how the search ended.

end  "converged"
     "stagnated"      the tolerance is below what rounding allows
     "out-of-sweeps"  max_sweeps were done
     "undefined"      the search came to where the cost has no lower bound or no value; the residual says nothing
"""

Moduli = namedtuple("Moduli", "shear_modulus bulk_modulus born_bulk_modulus pressure residual stress converged")
Moduli.__doc__ = "Athermal moduli at fixed box; stress is a d by d array, tension positive; converged says whether every linear solve did."

Shear = namedtuple("Shear", "modulus born_modulus non_affine_modulus stress residual sweeps force velocity converged")
Shear.__doc__ = "The response to simple shear: moduli, the non-affine force and velocity as N by d arrays, and whether the linear solve converged."


class _Table(ctypes.Structure):
    _fields_ = [("type_i", c_int32), ("type_j", c_int32), ("first", c_double), ("cutoff", c_double), ("rows", c_void_p), ("rows_size", c_int64)]


class _System(ctypes.Structure):
    _fields_ = [
        ("dimension", c_int32), ("reserved", c_int32), ("particles", c_int64), ("box", c_double * 16),
        ("positions", c_void_p), ("positions_size", c_int64),
        ("diameters", c_void_p), ("diameters_size", c_int64),
        ("types", c_void_p), ("types_size", c_int64),
        ("particle_stride", c_int64), ("component_stride", c_int64),
    ]


_Progress = ctypes.CFUNCTYPE(c_int32, c_void_p, c_int64, c_double)
_Cutoff = ctypes.CFUNCTYPE(c_double, c_void_p, c_double, c_double)
_Pair = ctypes.CFUNCTYPE(None, c_void_p, c_double, c_double, c_double, POINTER(c_double))


class _Options(ctypes.Structure):
    _fields_ = [("tolerance", c_double), ("max_sweeps", c_int64), ("method", c_int32), ("reserved", c_int32), ("progress", _Progress), ("user", c_void_p)]


class _Info(ctypes.Structure):
    _fields_ = [
        ("dimension", c_int32), ("quenched", c_int32), ("particles", c_int64), ("pairs", c_int64), ("energy", c_double),
        ("pressure", c_double), ("max_force", c_double), ("iterations", c_int64), ("sweeps", c_int64),
    ]


class _Coefficients(ctypes.Structure):
    _fields_ = [(name, c_double) for name in Coefficients._fields]

    def value(self):
        return Coefficients(*(getattr(self, name) for name in Coefficients._fields))


class _Eigenpair(ctypes.Structure):
    _fields_ = [(name, c_double) for name in Eigenpair._fields[:-1]]


class _Mode(ctypes.Structure):
    _fields_ = [
        ("coefficients", _Coefficients), ("frequency", c_double), ("residual", c_double),
        ("converged", c_int32), ("end", c_int32), ("iterations", c_int64), ("sweeps", c_int64),
    ]


# FNQE_END_... by their numbers.
_ENDS = "converged", "stagnated", "out-of-sweeps", "undefined"


class _Moduli(ctypes.Structure):
    _fields_ = [(name, c_double) for name in Moduli._fields[:5]] + [("stress", c_double * 16)]


class _Shear(ctypes.Structure):
    _fields_ = [(name, c_double) for name in Shear._fields[:5]] + [("sweeps", c_int64)]


def _level_folder():
    # Opening a file by its full name passes by the loader's choice among the builds: make the same choice here.
    try:
        flags = next(line for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("flags")).split()
    except (OSError, StopIteration):
        return ""
    if not {"avx2", "fma", "bmi1", "bmi2"} <= set(flags):
        return ""
    wide = {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"} <= set(flags)
    return "glibc-hwcaps/x86-64-v4" if wide else "glibc-hwcaps/x86-64-v3"


def _load():
    name, named = "libfastnqe.so.0", os.environ.get("FASTNQE_LIBRARY")
    folder = pathlib.Path(named) if named else pathlib.Path(__file__).resolve().parent.parent
    files = [folder] if folder.is_file() else [file for file in (folder / _level_folder() / name, folder / name) if file.exists()]
    try:
        return ctypes.CDLL(str(files[0] if files else named or name))
    except OSError as reason:
        raise ImportError(f"the shared library of FastNqe cannot be loaded ({reason}): install it with build/install --prefix DIR, "
                          "and put DIR/lib/python on PYTHONPATH or DIR/lib into FASTNQE_LIBRARY") from reason


_library = _load()


def _declare(name, *arguments, result=c_int32):
    function = getattr(_library, name)
    function.argtypes, function.restype = arguments, result
    return function


_DOUBLES = np.ctypeslib.ndpointer(dtype=np.float64, flags="C_CONTIGUOUS")
_free = _declare("fnqe_free", c_uint64)
_last_error = _declare("fnqe_last_error", c_char_p, c_int64, result=c_int64)
_potential_model = _declare("fnqe_potential_model", c_char_p, POINTER(c_uint64))
_potential_inverse_power = _declare("fnqe_potential_inverse_power", c_int32, c_double, c_int32, c_double, POINTER(c_uint64))
_potential_custom = _declare("fnqe_potential_custom", _Cutoff, _Pair, c_int32, c_void_p, POINTER(c_uint64))
_potential_tabulated = _declare("fnqe_potential_tabulated", POINTER(_Table), c_int64, c_int32, POINTER(c_uint64))
_glass_at = _declare("fnqe_glass_at", POINTER(_System), c_uint64, POINTER(c_uint64))
_glass_quench = _declare("fnqe_glass_quench", POINTER(_System), c_uint64, POINTER(_Options), POINTER(c_uint64))
_glass_info = _declare("fnqe_glass_info_of", c_uint64, POINTER(_Info))
_glass_positions = _declare("fnqe_glass_positions", c_uint64, _DOUBLES, c_int64)
_hessian_product = _declare("fnqe_hessian_product", c_uint64, _DOUBLES, _DOUBLES, c_int64, POINTER(c_double))
_pair_of_contractions = {
    order: _declare(f"fnqe_{order}_contraction", c_uint64, _DOUBLES, _DOUBLES, _DOUBLES, c_int64, POINTER(c_double))
    for order in ("cubic", "quartic", "geometric")
}
_mixed_cubic = _declare("fnqe_mixed_cubic_contraction", c_uint64, _DOUBLES, _DOUBLES, _DOUBLES, c_int64)
_mixed_quartic = _declare("fnqe_mixed_quartic_contraction", c_uint64, _DOUBLES, _DOUBLES, _DOUBLES, _DOUBLES, c_int64)
_coefficients_of = _declare("fnqe_coefficients_of", c_uint64, _DOUBLES, c_int64, POINTER(_Coefficients))
_lowest_eigenpairs = _declare("fnqe_lowest_eigenpairs", c_uint64, c_int32, POINTER(_Options), POINTER(_Eigenpair), _DOUBLES, c_int64)
_modes = {
    kind: _declare(f"fnqe_{kind}_mode", c_uint64, _DOUBLES, POINTER(_Options), POINTER(_Mode), _DOUBLES, c_int64)
    for kind in ("quartic", "cubic", "pseudo_harmonic")
}
_moduli_of = _declare("fnqe_moduli_of", c_uint64, POINTER(_Options), POINTER(_Moduli))
_shear_response = _declare("fnqe_shear_response", c_uint64, c_int32, c_int32, POINTER(_Options), POINTER(_Shear), _DOUBLES, _DOUBLES, c_int64)
_shear_coupling = _declare("fnqe_shear_coupling", c_uint64, c_int32, c_int32, _DOUBLES, c_int64, POINTER(c_double))
_force_field_create = _declare("fnqe_force_field_create", POINTER(_System), c_uint64, c_double, POINTER(c_uint64))
_forces = _declare("fnqe_forces", c_uint64, _DOUBLES, _DOUBLES, c_int64, POINTER(c_double), POINTER(c_double))

version = _declare("fnqe_version", result=c_char_p)().decode()
"""The version of the library."""

simd_width = _declare("fnqe_simd_width", result=c_int32)
simd_width.__doc__ = "The vector width in use: 1, 4 or 8 doubles."
build_level = _declare("fnqe_build_level", result=c_int32)
build_level.__doc__ = "The x86-64 level of the library in use; below cpu_level() it is not the best for this processor."
cpu_level = _declare("fnqe_cpu_level", result=c_int32)
cpu_level.__doc__ = "The best x86-64 level of this processor."


def _check(status):
    if status < 0:
        text = ctypes.create_string_buffer(_last_error(None, 0))
        _last_error(text, len(text))
        raise FastNqeError(status, text.value.decode())
    return status == 0


class _Work:
    """Options of long work. Python runs between iterations: there Ctrl-C arrives, and errors of the caller's function are kept until the call returns."""

    def __init__(self, tolerance=0.0, max_sweeps=0, method=0, progress=None):
        self._error = None

        def step(_, sweeps, residual):
            try:
                return 1 if progress is not None and progress(sweeps, residual) else 0
            except BaseException as error:
                self._error = error
                return 1

        self.options = _Options(tolerance, max_sweeps, method, 0, _Progress(step), None)

    def check(self, status, otherwise=_check):
        if self._error is not None:
            raise self._error
        return otherwise(status)


class _Owner:
    _handle = 0

    def __del__(self):
        # At the interpreter's end the module's names may be gone already.
        if self._handle and _free is not None:
            _free(self._handle)


def _variable(name):
    """FNQE_SQUARED_DISTANCE or FNQE_DISTANCE."""
    if name not in ("r2", "r"):
        raise ValueError(f'the variable is {name!r}; expected "r2" or "r"')
    return 1 if name == "r" else 0


class Potential(_Owner):
    """A pair potential: ``Potential("ipl-3d")`` (the name of a model), ``Potential.inverse_power``, ``Potential.tabulated`` or ``Potential.custom``."""

    _error = None

    def __init__(self, model):
        self._make(_potential_model, str(model).encode())

    @classmethod
    def inverse_power(cls, exponent=10, cutoff=1.48, smoothing_order=3, non_additivity=1 / 24):
        """The smoothed inverse power law with constants of one's own; see fnqe_potential_inverse_power in fastnqe.h."""
        return cls.__new__(cls)._make(_potential_inverse_power, exponent, cutoff, smoothing_order, non_additivity)

    @classmethod
    def tabulated(cls, tables, variable="r2"):
        """A potential given as tables, for systems with types.

        tables    {(i, j): (first, cutoff, rows)} for every pair of types i, j from 0 on, in either order: the distances r of the first and of the
                  last row, and an array with five numbers in each row, phi and its first four derivatives with respect to the variable
        variable  "r2" or "r", which advances by equal steps from row to row

        How it is interpolated is said at fnqe_potential_tabulated in fastnqe.h.
        """
        number, records, kept = _variable(variable), (_Table * len(tables))(), []
        for record, ((i, j), (first, cutoff, rows)) in zip(records, tables.items()):
            rows = np.ascontiguousarray(rows, dtype=np.float64)
            if rows.ndim != 2 or rows.shape[1] != 5:
                raise ValueError(f"the table of types {i} and {j} has the shape {rows.shape}; expected rows of 5 numbers")
            record.type_i, record.type_j, record.first, record.cutoff, record.rows, record.rows_size = i, j, first, cutoff, rows.ctypes.data, rows.size
            kept.append(rows)
        return cls.__new__(cls)._make(_potential_tabulated, records, len(tables), number)

    @classmethod
    def custom(cls, cutoff, derivatives, variable="r2"):
        """A potential of one's own.

        cutoff(size_i, size_j)          the distance beyond which two particles do not interact
        derivatives(x, size_i, size_j)  the pair energy and its first four derivatives with respect to x, which is r² or r
        variable                        "r2" or "r"

        Python is asked pair by pair: quench large systems with a compiled function instead.
        """
        number, made = _variable(variable), cls.__new__(cls)

        # An error cannot pass through the library: it is kept, and the number that is none makes the library stop.
        def reach(_, size_i, size_j):
            try:
                return cutoff(size_i, size_j)
            except BaseException as error:
                made._error = error
                return np.nan

        def fill(_, x, size_i, size_j, phi):
            try:
                phi[0], phi[1], phi[2], phi[3], phi[4] = derivatives(x, size_i, size_j)
            except BaseException as error:
                made._error = error
                phi[0] = phi[1] = phi[2] = phi[3] = phi[4] = np.nan

        # The library holds their addresses: they live as long as this object.
        made._functions = _Cutoff(reach), _Pair(fill)
        return made._make(_potential_custom, *made._functions, number, None)

    def _check(self, status):
        error, self._error = self._error, None
        if error is not None:
            raise error
        return _check(status)

    def _make(self, function, *arguments):
        handle = c_uint64()
        _check(function(*arguments, byref(handle)))
        self._handle = handle.value
        return self

    @staticmethod
    def of(potential):
        """The potential itself, or that of the model of this name."""
        return potential if isinstance(potential, Potential) else Potential(potential)


def _per_particle(name, values, dtype, particles):
    """One number for each particle, or None. The library takes longer arrays; in NumPy one is a mistake."""
    if values is None:
        return None
    values = np.ascontiguousarray(values, dtype=dtype)
    if values.shape != (particles,):
        raise ValueError(f"{name} have the shape {values.shape}; expected ({particles},), one number for each particle")
    return values


def _field(z, shape, name="the field"):
    """A field to be read; one without rows, as solvers have it, is one too."""
    z = np.ascontiguousarray(z, dtype=np.float64)
    if z.shape not in (shape, (shape[0] * shape[1],)):
        raise ValueError(f"{name} has the shape {z.shape}; expected {shape[0]} rows of {shape[1]} numbers")
    return z


def _output(out, shape):
    """A field to be written where it is."""
    if not (isinstance(out, np.ndarray) and out.dtype == np.float64 and out.flags.c_contiguous and out.flags.writeable):
        raise ValueError("the output has to be a writable C-contiguous float64 array")
    return _field(out, shape, "the output")


def _system(box, positions, diameters, types):
    """The description of the particles, and the arrays that it points into."""
    positions = np.ascontiguousarray(positions, dtype=np.float64)
    if positions.ndim != 2:
        raise ValueError(f"positions have the shape {positions.shape}; expected N rows of d numbers")
    n, d = positions.shape
    box = np.asarray(box, dtype=np.float64)
    matrix = np.diag(np.full(d, float(box))) if box.ndim == 0 else np.diag(box) if box.ndim == 1 else box
    if matrix.shape != (d, d):
        raise ValueError(f"the box has the shape {box.shape}; expected one length, {d} lengths or a {d} by {d} matrix")
    diameters, types = _per_particle("diameters", diameters, np.float64, n), _per_particle("types", types, np.int32, n)
    system = _System(dimension=d, particles=n, positions=positions.ctypes.data, positions_size=positions.size)
    system.box[: d * d] = matrix.ravel()
    if diameters is not None:
        system.diameters, system.diameters_size = diameters.ctypes.data, diameters.size
    if types is not None:
        system.types, system.types_size = types.ctypes.data, types.size
    return system, (positions, diameters, types)


def at(box, positions, potential, diameters=None, types=None):
    """The glass at the positions as they are.

    box        one length, d lengths, or a lower triangular matrix whose rows are the lattice vectors
    positions  N by d
    potential  a Potential, or the name of a model
    diameters  N sizes; or, with a binary model,
    types      N numbers, 0 for small and 1 for large particles; those of its tables with a tabulated potential
    """
    system, kept = _system(box, positions, diameters, types)
    handle, potential = c_uint64(), Potential.of(potential)
    potential._check(_glass_at(byref(system), potential._handle, byref(handle)))
    del kept
    return Glass(handle.value, True)


def quench(box, positions, potential, diameters=None, types=None, tolerance=0.0, max_sweeps=0, progress=None):
    """The glass at the energy minimum that the positions lead to; arguments as for ``at``.

    tolerance   the largest net force on a particle at the end; 0 is 1e-10
    progress    progress(sweeps, residual) after every iteration; something true from it stops with FastNqeError
    ``Glass.converged`` says whether the tolerance was reached.
    """
    system, kept = _system(box, positions, diameters, types)
    handle, potential, work = c_uint64(), Potential.of(potential), _Work(tolerance, max_sweeps, 0, progress)
    converged = work.check(_glass_quench(byref(system), potential._handle, byref(work.options), byref(handle)), potential._check)
    del kept
    return Glass(handle.value, converged)


def from_ase(atoms, potential, relax=True):
    """The glass of an ase.Atoms: quenched, or as it is with relax=False.

    Diameters come from the array "lambda" or from twice "radius", else Ar is small and Kr is large. A cell that is not periodic along its
    third vector is two-dimensional.
    """
    d = 3 if atoms.pbc[2] else 2
    arrays = atoms.arrays
    sizes = {"diameters": arrays["lambda"]} if "lambda" in arrays else {"diameters": 2 * arrays["radius"]} if "radius" in arrays else \
        {"types": [{"Ar": 0, "Kr": 1}[symbol] for symbol in atoms.get_chemical_symbols()]}
    return (quench if relax else at)(np.asarray(atoms.cell)[:d, :d], atoms.positions[:, :d], potential, **sizes)


class Glass(_Owner):
    """A configuration that stands still, with its pair table; made by ``at``, ``quench`` or ``from_ase``."""

    def __init__(self, handle, converged):
        self._handle = handle
        self.converged = converged
        info = _Info()
        _check(_glass_info(handle, byref(info)))
        self.dimension, self.particles, self.pairs = info.dimension, info.particles, info.pairs
        self.energy, self.pressure, self.max_force = info.energy, info.pressure, info.max_force
        self.iterations, self.sweeps = info.iterations, info.sweeps

    @property
    def positions(self):
        """N by d, after the quench if there was one; not wrapped into the box."""
        to = self._new()
        _check(_glass_positions(self._handle, to, to.size))
        return to

    def hessian_product(self, z, out=None):
        """M·z (eq. 2), written to ``out`` if given."""
        product = self._new() if out is None else _output(out, (self.particles, self.dimension))
        _check(_hessian_product(self._handle, self._field(z), product, product.size, None))
        return product

    def cubic_contraction(self, z):
        """M·z, U(3):zz, M:zz and U(3):.zzz in one sweep."""
        return self._contract("cubic", z)

    def quartic_contraction(self, z):
        """M·z, U(4):.zzz, M:zz and U(4)::zzzz in one sweep."""
        return self._contract("quartic", z)

    def geometric_contraction(self, z):
        """M·z, the gradient of eq. C3's denominator divided by four, M:zz and the denominator itself in one sweep."""
        return self._contract("geometric", z)

    def mixed_cubic_contraction(self, u, v):
        """U(3):uv."""
        result = self._new()
        _check(_mixed_cubic(self._handle, self._field(u), self._field(v), result, result.size))
        return result

    def mixed_quartic_contraction(self, u, v, w):
        """U(4):.uvw."""
        result = self._new()
        _check(_mixed_quartic(self._handle, self._field(u), self._field(v), self._field(w), result, result.size))
        return result

    def coefficients(self, z):
        """Stiffness, cubic and quartic coefficient, participation ratio and costs of a direction."""
        found, z = _Coefficients(), self._field(z)
        _check(_coefficients_of(self._handle, z, z.size, byref(found)))
        return found.value()

    def lowest_eigenpairs(self, count, tolerance=0.0, max_sweeps=0, method=0, progress=None):
        """The lowest normal modes without the translations, a list of ``count`` Eigenpair; residuals say how good they are.

        One that was not found has NaN for its numbers and its vector, and an infinite residual.
        """
        wanted = max(count, 0)
        pairs, vectors = (_Eigenpair * (wanted + 1))(), np.full((wanted + 1, self.particles, self.dimension), np.nan)
        work = _Work(tolerance, max_sweeps, method, progress)
        work.check(_lowest_eigenpairs(self._handle, count, byref(work.options), pairs, vectors, vectors.size))
        return [Eigenpair(pair.stiffness, pair.frequency, pair.participation_ratio, pair.residual, vector) for pair, vector in zip(pairs[:wanted], vectors)]

    def quartic_mode(self, direction, **options):
        """The quartic mode (eqs. 8, 12) from a direction, usually the lowest eigenvector.

        Options: tolerance, max_sweeps, method (0 or 1, macopt), progress(sweeps, residual).
        """
        return self._mode("quartic", direction, options)

    def cubic_mode(self, direction, **options):
        """The cubic mode (eqs. 26, 31) from a direction, usually the quartic mode; options as for ``quartic_mode``."""
        return self._mode("cubic", direction, options)

    def pseudo_harmonic_mode(self, direction, **options):
        """The pseudo-harmonic mode (eq. C3) from a direction; options as for ``quartic_mode``."""
        return self._mode("pseudo_harmonic", direction, options)

    def moduli(self, tolerance=0.0, max_sweeps=0, progress=None):
        """Athermal shear and bulk modulus, pressure and stress."""
        found, work = _Moduli(), _Work(tolerance, max_sweeps, 0, progress)
        converged = work.check(_moduli_of(self._handle, byref(work.options), byref(found)))
        d = self.dimension
        return Moduli(*(getattr(found, name) for name in Moduli._fields[:5]), np.array(found.stress[: d * d]).reshape(d, d), converged)

    def shear_response(self, a, b, tolerance=0.0, max_sweeps=0, progress=None):
        """The response to simple shear x_a → x_a + gamma x_b; axes count from 0."""
        found, force, velocity, work = _Shear(), self._new(), self._new(), _Work(tolerance, max_sweeps, 0, progress)
        converged = work.check(_shear_response(self._handle, a, b, byref(work.options), byref(found), force, velocity, force.size))
        return Shear(*(getattr(found, name) for name in Shear._fields[:6]), force, velocity, converged)

    def shear_coupling(self, a, b, mode):
        """nu: the non-affine force of simple shear along a mode (eq. 29)."""
        nu, mode = c_double(), self._field(mode)
        _check(_shear_coupling(self._handle, a, b, mode, mode.size, byref(nu)))
        return nu.value

    def _new(self):
        return np.empty((self.particles, self.dimension))

    def _field(self, z):
        return _field(z, (self.particles, self.dimension))

    def _contract(self, order, z):
        product, contraction, scalars = self._new(), self._new(), (c_double * 2)()
        _check(_pair_of_contractions[order](self._handle, self._field(z), product, contraction, product.size, scalars))
        return product, contraction, scalars[0], scalars[1]

    def _mode(self, kind, direction, options):
        found, to, work = _Mode(), self._new(), _Work(**options)
        converged = work.check(_modes[kind](self._handle, self._field(direction), byref(work.options), byref(found), to, to.size))
        return Mode(to, found.coefficients.value(), found.frequency, found.residual, converged, _ENDS[found.end], found.iterations, found.sweeps)


class ForceField(_Owner):
    """Forces of particles that move in a fixed box; arguments as for ``at``. ``skin`` is how far beyond the cutoff pairs are listed."""

    def __init__(self, box, positions, potential, diameters=None, types=None, skin=0.3):
        (system, kept), self._shape = _system(box, positions, diameters, types), np.shape(positions)
        handle, self._potential = c_uint64(), Potential.of(potential)
        self._potential._check(_force_field_create(byref(system), self._potential._handle, skin, byref(handle)))
        del kept
        self._handle = handle.value

    def __call__(self, positions, out=None):
        """Energy U, virial Σ phi' r and forces (N by d, written to ``out`` if given) at new positions of the same particles."""
        positions = _field(positions, self._shape, "the array of positions")
        forces = np.empty(self._shape) if out is None else _output(out, self._shape)
        energy, virial = c_double(), c_double()
        self._potential._check(_forces(self._handle, positions, forces, positions.size, byref(energy), byref(virial)))
        return energy.value, virial.value, forces
