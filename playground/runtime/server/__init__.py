"""The web process: who trains what, and the live channel to the pages."""
