"""What a worker gives turns to. A run is a job; a wall of networks will be another."""
