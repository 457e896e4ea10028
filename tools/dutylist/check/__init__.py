"""Is it right? Rules over a library, each with its code, its reason and its examples."""
