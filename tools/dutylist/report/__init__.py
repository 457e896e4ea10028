"""Tells people: views that are sorted, grouped and counted once, and one small writer per format."""
