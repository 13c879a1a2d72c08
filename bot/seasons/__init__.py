"""Two seasons to rehearse, shipped with Veillée."""
