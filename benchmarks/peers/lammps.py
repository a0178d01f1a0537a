#!/usr/bin/env python3
"""Molecular dynamics and the quench: FastNqe against LAMMPS on one core, in one run; a Markdown table.

    benchmarks/peers/lammps.py [--particles 2048] [--repeat 3] [--steps 2000]

The liquid is that of the benchmarks (ipl-3d at T = 2). LAMMPS runs the same liquid with the same potential, exactly: two
nm/cut styles laid over each other, one for r^-10 and r^2, the other for r^4 and r^6. Besides, it runs a Lennard-Jones
liquid (lj/cut) at T = 2 whose cutoff is chosen such that as many pairs interact. All at constant energy with the same time step.
LAMMPS gets the best of several skins, and of its minimisers whichever is fastest to the same largest force component (FastNqe
goes on until the largest net force is below it, a little further). Runs alternate; the least processor time of each counts.
Needs LAMMPS and numpy (Debian: lammps python3-numpy) and a built FastNqe (build/bench).
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
BENCHMARKS = REPOSITORY / "artifacts/bin/FastNqe.Benchmarks/release/FastNqe.Benchmarks.dll"
TIME_STEP, TEMPERATURE, TOLERANCE = 0.0035, 2.0, 1e-10
SKINS = (0.2, 0.3, 0.4)
# forcezero: the other line searches compare energies, whose rounding soon hides what a step gains.
MINIMISERS = {"cg": "line forcezero norm max", "fire": "norm max", "hftn": "norm two"}
CUTOFF, C2, C4, C6 = 1.48, 1.26761523722971, -0.496040607284921, 0.0660511826415732
LENGTHS = {(1, 1): 1.0, (1, 2): 1.18, (2, 2): 1.4}
ONE_THREAD = os.environ | {"OMP_NUM_THREADS": "1"}


def inverse_power_law():
    reach = CUTOFF * max(LENGTHS.values())
    lines = [f"pair_style hybrid/overlay nm/cut {reach:.17g} nm/cut {reach:.17g}"]
    for (i, j), length in LENGTHS.items():
        a2, a4, a6 = C2 / length**2, C4 / length**4, C6 / length**6
        r0 = (5 * length**10 / a2) ** (1 / 12)
        r1 = (-a4 / (1.5 * a6)) ** 0.5
        lines.append(f"pair_coeff {i} {j} nm/cut 1 {-6 * length**10 / r0**10:.17g} {r0:.17g} 10 -2 {CUTOFF * length:.17g}")
        lines.append(f"pair_coeff {i} {j} nm/cut 2 {a6 * r1**6 / 2:.17g} {r1:.17g} -4 -6 {CUTOFF * length:.17g}")
    return "\n".join(lines + ["pair_modify shift yes"])


def lammps(folder, script):
    """The log of one run on one core."""
    path, log = folder / "script", folder / "log"
    path.write_text(script)
    run = subprocess.run(["lmp", "-in", path, "-log", log, "-screen", "none"], env=ONE_THREAD, capture_output=True, text=True)
    text = log.read_text() if log.exists() else ""
    if run.returncode != 0:
        sys.exit(f"LAMMPS failed:\n{text[-2000:]}{run.stderr[-2000:]}")
    return text


def loop_seconds(log):
    """Processor seconds of the last run: other programs may take a part of the time."""
    share = float(re.findall(r"^([\d.]+)% CPU use", log, re.MULTILINE)[-1]) / 100
    return float(re.findall(r"Loop time of (\S+)", log)[-1]) * min(share, 1)


def pairs_of_dump(path, cutoff):
    lines = path.read_text().splitlines()
    box = float(lines[5].split()[1]) - float(lines[5].split()[0])
    x = np.array([line.split() for line in lines[9:]], dtype=float)
    count = 0
    for i in range(len(x) - 1):
        apart = x[i + 1:] - x[i]
        apart -= box * np.round(apart / box)
        count += np.count_nonzero((apart**2).sum(1) < cutoff**2)
    return count


def lennard_jones(folder, particles, pairs):
    """A liquid of lj/cut with that many pairs: its cutoff; left in lj.data."""
    side = round((particles / 4) ** (1 / 3))
    if 4 * side**3 != particles:
        sys.exit(f"{particles} particles do not fill a face-centred lattice; try 2048 or 16384")
    low, high = 1.2, 2.2
    lammps(folder, f"""
units lj
atom_style atomic
lattice fcc 0.8442
region box block 0 {side} 0 {side} 0 {side}
create_box 1 box
create_atoms 1 box
mass 1 1
pair_style lj/cut 1.68
pair_coeff 1 1 1 1
velocity all create {2 * TEMPERATURE} 4711
timestep {TIME_STEP}
fix 1 all nve
fix 2 all langevin {TEMPERATURE} {TEMPERATURE} 0.5 4711
run 3000
write_data {folder}/lj.data nocoeff
write_dump all custom {folder}/lj.dump x y z
""")
    for _ in range(12):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if pairs_of_dump(folder / "lj.dump", middle) < pairs else (low, middle)
    return high


def dynamics(folder, data, style, skin, steps):
    """The seconds of a step, and the pairs' dump, for a liquid under a pair style; infinite if a list came too late."""
    log = lammps(folder, f"""
units lj
atom_style atomic
read_data {folder}/{data}
mass * 1
{style}
neighbor {skin} bin
neigh_modify every 1 delay 5 check yes
timestep {TIME_STEP}
velocity all create {TEMPERATURE} 4711 loop geom
fix 1 all nve
thermo 100000
run 200
run {steps}
write_dump all custom {folder}/{data}.dump x y z
""")
    late = int(re.findall(r"Dangerous builds = (\d+)", log)[-1])
    return float("inf") if late else loop_seconds(log) / steps


def quench(folder, minimiser, particles):
    """Seconds, force evaluations, largest force component, energy."""
    # hftn knows only the norm of all forces together; the largest component is some five times that of a particle on average.
    tolerance = TOLERANCE * ((3 * particles) ** 0.5 / 5 if minimiser == "hftn" else 1)
    log = lammps(folder, f"""
units lj
atom_style atomic
atom_modify map array
read_data {folder}/ipl.data
mass * 1
{inverse_power_law()}
min_style {minimiser}
min_modify {MINIMISERS[minimiser]} dmax 0.1
thermo_style custom step pe fmax
thermo_modify norm no
thermo 100000
minimize 0 {tolerance} 20000 40000
print "end $(fmax:%.3g) $(pe:%.15g)"
""")
    force, energy = re.findall(r"^end (\S+) (\S+)", log, re.MULTILINE)[-1]
    evaluations = int(re.findall(r"Iterations, force evaluations = +\d+ +(\d+)", log)[-1])
    return loop_seconds(log), evaluations, float(force), float(energy)


def ours(folder, options):
    answer = subprocess.run(
        ["dotnet", BENCHMARKS, "liquid", str(options.particles), str(TIME_STEP), str(options.steps), str(TOLERANCE), folder / "ipl.data"],
        check=True, capture_output=True, text=True, env=ONE_THREAD).stdout
    return json.loads(answer)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--particles", type=int, default=2048)
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--steps", type=int, default=2000)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        own = ours(folder, options)
        pairs, n = int(own["pairsOfLiquid"]), options.particles
        cutoff = lennard_jones(folder, n, pairs)
        styles = {
            "lj/cut": ("lj.data", f"pair_style lj/cut {cutoff}\npair_coeff * * 1 1", options.steps),
            "lj/cut/opt": ("lj.data", f"pair_style lj/cut/opt {cutoff}\npair_coeff * * 1 1", options.steps),
            "inverse power law": ("ipl.data", inverse_power_law(), max(1, options.steps // 10)),
        }
        step = dict.fromkeys(styles, (float("inf"), 0.0))
        for repeat in range(options.repeat):
            for style, (data, commands, steps) in styles.items():
                # After the first round the best skin is known.
                for skin in SKINS if repeat == 0 else (step[style][1],):
                    step[style] = min(step[style], (dynamics(folder, data, commands, skin, steps), skin))
            again = ours(folder, options)
            own |= {key: min(own[key], again[key]) for key in ("stepSeconds", "quenchSeconds")}
        lj_pairs = pairs_of_dump(folder / "lj.data.dump", cutoff)
        ends = {minimiser: quench(folder, minimiser, n) for minimiser in MINIMISERS}

    print(f"N = {n}, dt = {TIME_STEP}, T = {TEMPERATURE}; {pairs} interacting pairs in the inverse power law's liquid, {lj_pairs} in that of lj/cut (cutoff {cutoff:.3f})")
    print()
    print("| molecular dynamics, constant energy | million particle steps per second | FastNqe is faster by |")
    print("|---|---|---|")
    print(f"| FastNqe, inverse power law | {n / own['stepSeconds'] / 1e6:.2f} | |")
    for style, (seconds, skin) in step.items():
        print(f"| LAMMPS, {style} (skin {skin}) | {n / seconds / 1e6:.2f} | {seconds / own['stepSeconds']:.1f} |")
    print()
    print(f"| quench to a largest force of {TOLERANCE:g} | seconds | force evaluations | largest force | energy per particle | FastNqe is faster by |")
    print("|---|---|---|---|---|---|")
    evaluations = f"{own['quenchForceSweeps']:.0f}, and {own['quenchHessianProducts']:.0f} Hessian products"
    print(f"| FastNqe | {own['quenchSeconds']:.3f} | {evaluations} | {own['quenchMaxForce']:.1e} | {own['glassEnergy'] / n:.5f} | |")
    for minimiser, (seconds, count, force, energy) in ends.items():
        faster = f"{seconds / own['quenchSeconds']:.0f}" if force < 2 * TOLERANCE else "(did not get there)"
        print(f"| LAMMPS, {minimiser} | {seconds:.2f} | {count} | {force:.1e} | {energy / n:.5f} | {faster} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
