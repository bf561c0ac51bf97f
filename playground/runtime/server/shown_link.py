"""A link as others show it: what it is called, what is said of it, and the addresses of its picture and its frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from urllib.parse import parse_qs, quote, urlencode

from playground.core.preview import Preview
from playground.runtime.scene import summary
from playground.runtime.server.own_address import OwnAddress

NAME = "Keras Playground"
OWN, PICTURE, OEMBED = "_playground", "preview.png", "oembed"
"""Where the playground's own routes lie below its address, and two of them."""
EMBEDDED = "embed=true"
ABOUT = "{network}, {points:,} points. A real Keras network that learns before your eyes: press Play, change anything."
_IN_A_QUERY = "%=&,:;|+~.-_!*()/?@$"
"""What stands in a query as it is; anything else is written so that it ends neither an address nor what is around."""


@lru_cache(maxsize=512)
def preview_of(query: bytes) -> Preview:
    """What is seen of the link with this query."""
    return Preview.from_query(dict(parse_qs(query.decode("utf-8", "replace"), keep_blank_values=True)))


@dataclass(frozen=True)
class ShownLink:
    """A page of this server: its path below the server's address, and its query as it was sent.

    `page_title` is what a page is called that shows no experiment; its query is none of one.
    """

    own: OwnAddress
    path: str
    query: str | bytes
    page_title: str = ""

    @cached_property
    def title(self) -> str:
        """What it is called."""
        return self.page_title or self._preview.title

    @cached_property
    def description(self) -> str:
        """What there is to see, in two sentences."""
        experiment = self._preview.experiment
        return ABOUT.format(network=summary(experiment), points=experiment.data.n_samples)

    @property
    def address(self) -> str:
        """Of the page."""
        return f"{self.own}{quote(self.path)}{self._asking}"

    @property
    def picture(self) -> str:
        """The address of its picture."""
        return f"{self.own}/{OWN}/{PICTURE}{'' if self.page_title else self._asking}"

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
    def _preview(self) -> Preview:
        query = self.query.encode() if isinstance(self.query, str) else self.query
        return preview_of(b"" if self.page_title else query)
