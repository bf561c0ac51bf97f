"""Reports: what a run or a wall has come to as one HTML file that prints well, on A4 and on Letter.

- `of_run(snapshot, experiment, …)`: settings in words, figures, diagnosis and charts of a run at the epoch that its
  snapshot shows.
- `of_wall(hello, frame, …)`: what differs and what is shared, the grid of boundaries, figures, curves and diagnosis,
  from the messages that a page is sent.
- `slices_of_run(…)`, `slices_of_wall(…)`: the same a section at a time, so that others have their turns between.
"""

from playground.runtime.report.run import of_run, slices_of_run
from playground.runtime.report.wall import of_wall, slices_of_wall

__all__ = ["of_run", "of_wall", "slices_of_run", "slices_of_wall"]
