"""Makes real git repositories with fixed people and dates, away from the user's own settings."""

import os
import subprocess
from pathlib import Path

WHO = {
    "GIT_AUTHOR_NAME": "编辑",
    "GIT_AUTHOR_EMAIL": "editor@example.org",
    "GIT_COMMITTER_NAME": "编辑",
    "GIT_COMMITTER_EMAIL": "editor@example.org",
    "GIT_AUTHOR_DATE": "2025-07-01T08:00:00+08:00",
    "GIT_COMMITTER_DATE": "2025-07-01T08:00:00+08:00",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(where: Path, *arguments: str) -> str:
    """What a git command prints; it must succeed."""
    done = subprocess.run(
        ["git", *arguments], cwd=where, env={**os.environ, **WHO}, check=True, capture_output=True, text=True
    )
    return done.stdout


def commit_all(where: Path, message: str) -> str:
    """Commits everything below `where`, in a new repository if there is none; gives the commit's id."""
    if not (where / ".git").exists():
        git(where, "init", "--quiet", "--initial-branch=main")
    git(where, "add", "--all")
    git(where, "commit", "--quiet", "--message", message)
    return git(where, "rev-parse", "HEAD").strip()
