"""Speed and memory, as ratios of two things done in one run."""
