"""What do they say? Legs, opinions against changes, verdicts, seals and their proof; neither git nor files here."""
