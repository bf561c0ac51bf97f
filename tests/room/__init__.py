"""The room's component in a browser."""
