"""A replay: one HTML file that plays a training without a server and without a network.

It is made of what a page is sent: the message `hello` and a `frame` for each epoch, each a header and arrays as
`runtime.protocol.server` declares them. Two ways lead to it:

- `html(hello, frames, …)` gives the text of the file; pure, all at once.
- `record(snapshot, experiment, …)` looks at a run's kept epochs itself. It is a generator that works in slices: each
  gives the share that is done, from 0 to 1, and the text is what it returns. A worker takes a slice at a time between
  turns, tells the page how far it is, and lets go of the generator to cancel::

      slices = record(snapshot, experiment, address="https://…")
      try:
          share = next(slices)
      except StopIteration as done:
          text = done.value

The file is at most `thinning.MOST_BYTES` long: of a long training epochs are left out evenly, the first and the last
never. Its curves have every epoch. `moving.animated(snapshot, "gif")` is a generator of the same kind, of an animation.
"""

from playground.runtime.replay.page import html
from playground.runtime.replay.recording import record

__all__ = ["html", "record"]
