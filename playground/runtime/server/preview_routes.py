"""Routes for whoever shows a link: its picture (`preview.png`), and what oEmbed asks for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from playground.figures.card import HEIGHT, WIDTH
from playground.runtime.limits import Limits
from playground.runtime.server.own_address import OwnAddress, asker_of, own_address
from playground.runtime.server.previews import RETRY_SECONDS, Busy, Previews, digest_of
from playground.runtime.server.shown_link import NAME, OEMBED, OWN, PICTURE, ShownLink, preview_of

KEPT_SECONDS = 86_400
"""How long a picture, and what oEmbed says of a link, may be kept by who has it."""
SIDES, USUAL = ("maxwidth", "maxheight"), (800, 500)
"""What oEmbed calls the most pixels of a side, and how many an embedded page has."""
NOT_HERE = "url must be the address of a page of this server, which begin with {own}. Got another one."
NO_XML = "format must be json. Got {got}."
NO_SIZE = "{name} must be a whole number of at least 1. Got {got}."


def preview_routes(
    previews: Previews, limits: Limits, base_path: str, titles: Mapping[str, str] | None = None
) -> list[BaseRoute]:
    """The pictures of links under `base_path` and beside the playground's other routes, and oEmbed.

    Parameters
    ----------
    titles : what those pages are called that show no experiment, by their names
    """
    base = base_path.strip("/")
    root = f"/{base}" if base else ""

    async def picture(request: Request) -> Response:
        preview = await asyncio.to_thread(preview_of, request.scope["query_string"])
        digest = await asyncio.to_thread(digest_of, preview)
        tag = f'W/"{digest[:32]}"'
        headers = {**_kept_by_whoever_asked(), "ETag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        try:
            content = await previews.picture(preview, asker_of(request.scope, limits.proxies))
        except Busy as busy:
            refused = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
            return PlainTextResponse(str(busy), 503, refused)
        return Response(content, media_type="image/png", headers=headers)

    async def oembed(request: Request) -> Response:
        own = own_address(request.scope, base_path, limits.proxies)
        return await asyncio.to_thread(_oembed, request, own, titles or {})

    return [
        Route(f"{root}/{PICTURE}", picture),
        Route(f"{root}/{OWN}/{PICTURE}", picture),
        Route(f"{root}/{OWN}/{OEMBED}", oembed),
    ]


def _oembed(request: Request, own: OwnAddress | None, titles: Mapping[str, str]) -> Response:
    asked = request.query_params
    if (wanted := asked.get("format", "json")) != "json":
        return _refusal(NO_XML.format(got=json.dumps(wanted[:40])), 501)
    page = own.page_of(asked.get("url", "")) if own is not None else None
    if page is None:
        return _refusal(NOT_HERE.format(own=own or "its address"), 404)
    try:
        width, height = (_size(asked.get(name), name, usual) for name, usual in zip(SIDES, USUAL, strict=True))
    except ValueError as refusal:
        return _refusal(str(refusal), 400)
    link = ShownLink(*page, titles.get(page.path.strip("/"), ""))
    about: dict[str, object] = {
        "version": "1.0",
        "type": "rich",
        "title": link.title,
        "provider_name": NAME,
        "provider_url": f"{page.own}/",
        "cache_age": KEPT_SECONDS,
        "width": width,
        "height": height,
        "html": link.frame(width, height),
    }
    if _may_be(WIDTH, HEIGHT, asked):
        about |= {"thumbnail_url": link.picture, "thumbnail_width": WIDTH, "thumbnail_height": HEIGHT}
    return JSONResponse(about, headers=_kept_by_whoever_asked())


def _size(text: str | None, name: str, usual: int) -> int:
    """The pixels of a side: as many as usual, or as there may be. Raises ValueError."""
    if text is None:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text)):
        raise ValueError(NO_SIZE.format(name=name, got=json.dumps(text[:40])))
    return min(usual, int(text))


def _may_be(width: int, height: int, asked: QueryParams) -> bool:
    """Whether a picture of this size is not larger than was asked for."""
    return all(size <= int(asked.get(name, size)) for name, size in zip(SIDES, (width, height), strict=True))


def _refusal(sentence: str, status: int) -> Response:
    return PlainTextResponse(sentence, status, {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"})


def _kept_by_whoever_asked() -> dict[str, str]:
    return {"Cache-Control": f"public, max-age={KEPT_SECONDS}", "Access-Control-Allow-Origin": "*"}
