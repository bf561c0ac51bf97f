"""Many networks in one program: a Keras model with a leading member axis, trained in step by one call an epoch."""
