"""The job of a wall: many networks that train in step, and are seen together."""

from playground.runtime.jobs.wall.run import WallRun, begin_wall

__all__ = ["WallRun", "begin_wall"]
