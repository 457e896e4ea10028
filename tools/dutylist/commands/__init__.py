"""The verbs, one a file; only here is printed."""
