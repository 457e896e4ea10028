"""What git set in the environment and must not reach a git of our own."""

import os

# Inside a hook git sets these, and every git started there would speak of the hook's repository. Identity, dates and
# configuration are the user's and stay.
LOCATING = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_QUARANTINE_PATH",
)


def forget_location() -> None:
    """Clears the variables that locate a repository, for this process and all that it starts."""
    for name in LOCATING:
        os.environ.pop(name, None)
