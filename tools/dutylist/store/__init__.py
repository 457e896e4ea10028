"""Where things lie: files in and out, on disk and in git."""
