"""The program: `dutylist`, or `python -m dutylist`."""

import gc


def main() -> None:
    """Runs the command line once."""
    # What one run makes lives until it ends; looking for garbage among it costs a tenth of a cold start.
    gc.disable()
    from dutylist.cli import run

    run()


if __name__ == "__main__":
    main()
