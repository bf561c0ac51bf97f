"""Nothing to load ahead."""
