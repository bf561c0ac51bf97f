"""A link as others show it: what it is called, what is said of it, and the addresses of its picture and its frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from urllib.parse import parse_qs, quote, urlencode

from playground.core.preview import Preview
from playground.lessons.addresses import LESSON
from playground.runtime.scene import summary
from playground.runtime.server.lesson_link import lesson_preview
from playground.runtime.server.own_address import OwnAddress

NAME = "Keras Playground"
OWN, PICTURE, OEMBED = "_playground", "preview.png", "oembed"
"""Where the playground's own routes lie below its address, and two of them."""
EMBEDDED = "embed=true"
INVITING = "A real Keras network that learns before your eyes: press Play, change anything."
ABOUT = "{network}, {points:,} points. {inviting}"
ABOUT_MANY = (
    "{networks} networks, {points:,} points. Real Keras networks that learn in step before your eyes: press Play, "
    "change anything."
)
_IN_A_QUERY = "%=&,:;|+~.-_!*()/?@$"
"""What stands in a query as it is; anything else is written so that it ends neither an address nor what is around."""


def preview_of(query: bytes) -> Preview:
    """What is seen of the link with this query; not kept of a lesson's, whose file may be changed meanwhile."""
    return _lesson_of(query) or _preview_of(query)


def names_a_lesson(query: bytes) -> bool:
    """Whether the link with this query may be one of a lesson."""
    return f"{LESSON}=".encode() in query


def _lesson_of(query: bytes) -> Preview | None:
    return lesson_preview(_texts(query)) if names_a_lesson(query) else None


def _texts(query: bytes) -> dict[str, list[str]]:
    return parse_qs(query.decode("utf-8", "replace"), keep_blank_values=True)


@lru_cache(maxsize=512)
def _preview_of(query: bytes) -> Preview:
    return Preview.from_query(dict(_texts(query)))


@dataclass(frozen=True)
class ShownLink:
    """A page of this server: its path below the server's address, and its query as it was sent.

    `page_title` is what a page is called that shows no experiment unless its query names a lesson; else it is none of
    one.
    """

    own: OwnAddress
    path: str
    query: str | bytes
    page_title: str = ""

    @cached_property
    def title(self) -> str:
        """What it is called."""
        return self._page_title or self._preview.title

    @cached_property
    def description(self) -> str:
        """What there is to see, in two sentences; of a page that shows no experiment in one."""
        if self._page_title:
            return INVITING
        preview = self._preview
        points = preview.experiment.data.n_samples
        if preview.few is not None:
            return ABOUT_MANY.format(networks=preview.few.networks, points=points)
        return ABOUT.format(network=summary(preview.experiment), points=points, inviting=INVITING)

    @property
    def pictured(self) -> str:
        """What its picture shows, for those who cannot see it."""
        what = "Decision boundary and network" if self._preview.few is None else "Decision boundaries of networks"
        return f"{what} of {self._preview.title}"

    @property
    def address(self) -> str:
        """Of the page."""
        return f"{self.own}{quote(self.path)}{self._asking}"

    @property
    def picture(self) -> str:
        """The address of its picture."""
        return f"{self.own}/{OWN}/{PICTURE}{'' if self._page_title else self._asking}"

    @property
    def oembed(self) -> str:
        """Where oEmbed is asked about it."""
        return f"{self.own}/{OWN}/{OEMBED}?{urlencode({'url': self.address, 'format': 'json'})}"

    def frame(self, width: int, height: int) -> str:
        """The HTML that embeds it."""
        source = f"{self.address}{'&' if self._asking else '?'}{EMBEDDED}"
        return (
            f'<iframe src="{escape(source)}" title="{escape(f"{NAME}: {self.title}")}" width="{width}" '
            f'height="{height}" style="border: 0" allow="fullscreen; clipboard-write" loading="lazy"></iframe>'
        )

    @property
    def _asking(self) -> str:
        """The query behind its mark."""
        return f"?{quote(self.query, safe=_IN_A_QUERY)}" if self.query else ""

    @cached_property
    def _page_title(self) -> str:
        """Empty where the query says what is shown."""
        return "" if self.page_title and _lesson_of(self._query) else self.page_title

    @cached_property
    def _preview(self) -> Preview:
        return preview_of(b"" if self._page_title else self._query)

    @property
    def _query(self) -> bytes:
        return self.query.encode() if isinstance(self.query, str) else self.query
