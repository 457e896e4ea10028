"""The program: `dutylist`, or `python -m dutylist`."""

import gc
import os
import sys

FAILED = 3
INTERRUPTED = 130


def main() -> None:
    """Runs the command line once and ends the process."""
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        # Chinese file names could not be told apart; begin again with an encoding that knows them.
        os.execve(sys.executable, [sys.executable, "-m", "dutylist", *sys.argv[1:]], {**os.environ, "PYTHONUTF8": "1"})
    # What one run makes lives until it ends: looking for garbage in it on the way and taking it apart at the end serve
    # no one, and together cost a seventh of a cold start.
    gc.disable()
    try:
        from dutylist.cli import run

        run()
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else int(end.code is not None))
    except KeyboardInterrupt:
        _leave(INTERRUPTED)
    except Exception:
        # A bug keeps its traceback; its exit code must not look like findings in the data.
        sys.excepthook(*sys.exc_info())
        _leave(FAILED)


def _leave(code: int) -> None:
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError:
        code = code or FAILED
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
