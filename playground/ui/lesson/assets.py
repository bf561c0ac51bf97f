"""What the lesson's component is told when it is mounted."""

from __future__ import annotations

from collections.abc import Mapping

from playground.ui.web.component import files_data

FIRST = ("lesson/mount.js",)
STYLES = ("web/base.css", "lesson/lesson.css")


def lesson_data(
    token: str,
    content: str,
    step: int,
    changed: bool,
    taught: str,
    source: Mapping[str, str] | None,
    in_class: bool,
    open_to: int | None,
) -> dict[str, object]:
    """What the component is told; how far the learner is, the browser alone knows."""
    more = {"token": token, "content": content, "step": step, "changed": changed, "taught": taught}
    of_class = {"inClass": in_class, "openTo": open_to}
    return {**files_data(first=FIRST, styles=STYLES), **more, **of_class, "source": source}
