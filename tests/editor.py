"""Runs tombi, the TOML editor's linter and formatter, offline."""

import subprocess
import sys
from pathlib import Path


def tombi(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """tombi as it reads `tombi.toml` in this folder."""
    program = str(Path(sys.executable).parent / "tombi")
    return subprocess.run([program, *arguments, "--offline"], cwd=folder, capture_output=True, text=True, check=False)
