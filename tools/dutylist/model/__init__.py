"""What things are: nouns only; no file is opened here."""
