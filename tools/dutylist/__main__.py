"""Runs the command line as `python -m dutylist`."""

from dutylist.cli import main

if __name__ == "__main__":
    main()
