"""The list on paper: documents in and out over one table of columns."""
