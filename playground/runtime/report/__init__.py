"""Reports: what a run or a wall has come to as one HTML file that prints well, on A4 and on Letter.

- `of_run(snapshot, experiment, …)`: settings in words, figures, diagnosis and charts of a run at the epoch that its
  snapshot shows.
- `of_wall(hello, frame, …)`: what differs and what is shared, the grid of boundaries, figures, curves and diagnosis,
  from the messages that a page is sent; `wall_report` makes the same in slices of time.

That of a run is one piece of work: what a page itself asks for, its frame and its diagnosis, and the drawing of it.
"""

from playground.runtime.report.run import of_run
from playground.runtime.report.wall import of_wall, wall_report

__all__ = ["of_run", "of_wall", "wall_report"]
