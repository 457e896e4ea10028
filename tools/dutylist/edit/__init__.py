"""What editing a duty changes: duty, ledger and declared totals together, as values."""
