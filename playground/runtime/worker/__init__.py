"""A training process: a round-robin over its jobs, fed by a pipe."""
