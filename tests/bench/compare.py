"""Times `dutylist compare` on two revisions of many duties beside `git diff --stat` on the same, in one run."""

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from bench.data import ROOT, SHARE, repository

BIN = ROOT / ".venv" / "bin"
WARM, COLD, MEMORY = 2.0, 5.0, 300


def main() -> int:
    """Prints medians, ratios and memory; 1 where one is above its limit."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--duties", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=7)
    options = asked.parse_args()
    folder = ROOT / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    made = repository(folder, options.duties)
    ours = [str(BIN / "dutylist"), "compare", "HEAD~1", "HEAD", "--library", str(made), "--format", "json"]
    theirs = ["git", "-C", str(made), "diff", "--stat", "HEAD~1", "HEAD"]
    cold, warm, peer = [], [], []
    for _ in range(options.rounds + 1):
        shutil.rmtree(made / "dutylist", ignore_errors=True)
        cold.append(seconds(ours))
        warm.append(seconds(ours))
        peer.append(seconds(theirs))
    print(f"{options.duties:,} 项事项，改动 {int(options.duties * SHARE):,} 项，各 {options.rounds} 次，取中位数：")
    print(f"  git diff --stat            {statistics.median(peer[1:]):.3f} 秒")
    within = [told("warm 有缓存", warm[1:], peer[1:], WARM), told("cold 无缓存", cold[1:], peer[1:], COLD)]
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"  最大内存                   {memory} MiB，上限 {MEMORY} MiB")
    return 0 if all(within) and memory <= MEMORY else 1


def told(name: str, times: Sequence[float], peer: Sequence[float], limit: float) -> bool:
    """Prints one line; whether the ratio is within its limit."""
    ratio = statistics.median(a / b for a, b in zip(times, peer, strict=True))
    print(f"  dutylist compare（{name}） {statistics.median(times):.3f} 秒，比值 {ratio:.2f}，上限 {limit}")
    return ratio <= limit


def seconds(command: Sequence[str]) -> float:
    """How long a whole command takes; it must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
