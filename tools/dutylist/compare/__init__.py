"""What changed between two revisions, and what it means."""
