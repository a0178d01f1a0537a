"""Runs the compiled examples, the Python example and the command line on the glass that the first example writes; compares to 1e-12."""

import json
import pathlib
import subprocess
import sys

import numpy as np

repository = pathlib.Path(__file__).resolve().parents[2]
glass = pathlib.Path("glass.txt").resolve()


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def numbers(text):
    return {key: float(value) for key, value in (line.split() for line in text.splitlines())}


first, *others = sys.argv[1:]
results = {pathlib.Path(first).name: numbers(run(first, glass))}
for program in others:
    results[pathlib.Path(program).name] = numbers(run(program))
results["glass.py"] = numbers(run(sys.executable, repository / "native/examples/glass.py"))
cli = repository / "artifacts/bin/FastNqe.Cli/release/FastNqe.Cli.dll"
if not cli.exists():
    run("dotnet", "build", repository / "src/FastNqe.Cli", "-c", "Release", "--nologo", "-v", "quiet")
report = json.loads(run("dotnet", cli, "analyze", glass, "--model", "ipl-3d", "--modes", "1", "--json", "-"))
stages = {"harmonic": report["harmonic"][0], "quartic": report["quartic"], "cubic": report["cubic"]}
expected = results[pathlib.Path(first).name]
results["fastnqe analyze"] = {key: stages[key.split(".")[0]][key.split(".")[1]] if "." in key else report[key] for key in expected}

for name, found in results.items():
    assert found.keys() == expected.keys() and len(found) >= 6, (name, found)
    worst = max(abs(found[key] / expected[key] - 1) for key in expected)
    print(f"{name}: largest relative difference {worst:.1e}")
    assert worst < 1e-12, (name, found, expected)
assert np.isfinite(list(expected.values())).all()
