"""Floor 4: rooms in which a class learns together. Above the runtime and the store, below the pages; no Streamlit.

`room` says what a room is; `protocol` what is said in it, of which what changes a room is applied by `teaching` and
`learning`, pure functions; `rooms` holds those that are open, `channel` is their socket, `runs` what of the learners'
runs is seen in them, and `results` what is taken home.
"""

from __future__ import annotations
