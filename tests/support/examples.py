"""Runs the example scripts as somebody would who has `hri` and nothing else of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from warm import warm_program

FOLDER = Path(__file__).parents[2] / "examples"


def run_example(script: Path, work: Path, **environment: str) -> str:
    """Run a script that leaves its files in `work`; return what it said."""
    programs = work.with_name("bin")
    programs.mkdir()
    (programs / "python3").symlink_to(sys.executable)
    plain = {k: v for k, v in os.environ.items() if not k.startswith("HRI_")}
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    with warm_program(programs):
        ran = subprocess.run(
            ["bash", str(script), str(work)],
            env=plain | {"PATH": path} | environment,
            capture_output=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout.decode()
