"""The program: `dutylist`, or `python -m dutylist`."""

import gc
import os
import sys


def main() -> None:
    """Runs the command line once and ends the process."""
    # What one run makes lives until it ends: looking for garbage in it on the way and taking it apart at the end serve
    # no one, and together cost a seventh of a cold start.
    gc.disable()
    from dutylist.cli import run

    try:
        run()
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else int(end.code is not None))
    except Exception:
        # A bug keeps its traceback; its exit code must not look like findings in the data.
        sys.excepthook(*sys.exc_info())
        _leave(3)


def _leave(code: int) -> None:
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
