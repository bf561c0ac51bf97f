"""The pages: one module each, with a function that builds it; none does anything on import."""
