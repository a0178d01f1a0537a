#!/usr/bin/env python3
"""Draws what `build/bench instability` found: instability_plot.py TABLE.md PLOT.svg

Predicted over true strain that is left to the plastic event, against the stiffness of the cubic mode; needs matplotlib.
"""
import re
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "fastnqe"  # the same file for the same table
import matplotlib.pyplot as plt

if len(sys.argv) != 3:
    sys.exit(__doc__)
table, plot = sys.argv[1:]
figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
with open(table, encoding="utf-8") as lines:
    for line in lines:
        points = re.findall(r"(-?[\d.]+) at ([\d.]+)", line)
        if line.startswith("|") and points:
            axes.plot([float(kappa) for _, kappa in points], [float(ratio) for ratio, _ in points], ".-", linewidth=0.7, alpha=0.8)
axes.axhline(1, color="black", linewidth=0.8)
axes.set_xscale("log")
axes.set_ylim(0.5, 1.1)
axes.set_xlabel(r"stiffness $\kappa_3$")
axes.set_ylabel(r"predicted / true strain to the event")
axes.set_title("one line per event: the prediction becomes exact as the mode softens", fontsize=10)
figure.savefig(plot, metadata={"Date": None})
