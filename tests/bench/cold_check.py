"""Times a cold `dutylist check` beside check-jsonschema with the same schema on the same files, in one run."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
ROUNDS = 11
LIMIT = 0.5


def main() -> int:
    """Prints both medians and their ratio; 1 where the ratio is above the limit."""
    duties = sorted(str(path) for path in (ROOT / "duties").glob("*/*/*.toml"))
    ours = [str(BIN / "dutylist"), "check"]
    theirs = [str(BIN / "check-jsonschema"), "--schemafile", str(ROOT / "schema/duty.schema.json"), *duties]
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS + 1)][1:]
    own, peer = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{len(duties)} 项事项，各 {ROUNDS} 次，取中位数：")
    print(f"  dutylist check（全部规则）  {own:.3f} 秒")
    print(f"  check-jsonschema（仅模式）  {peer:.3f} 秒")
    print(f"  比值 {ratio:.2f}，上限 {LIMIT}")
    return 1 if ratio > LIMIT else 0


def seconds(command: list[str]) -> float:
    """How long a whole command takes; it must succeed."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
