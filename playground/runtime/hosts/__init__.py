"""Where workers run: a local process, later other machines."""
