"""A card: an experiment on one picture, for posts, slides and wherever a link is shown.

Its boundary, its network in small, a title, some figures and, if wanted, its link as a QR code. Drawn with Pillow from
plain arrays.
"""

from __future__ import annotations

from playground.figures.card.card import HEIGHT, WIDTH, Card, as_png, card_png, draw_card, drawing
from playground.figures.card.mosaic import Mosaic, Tile
from playground.figures.card.network_sketch import NetworkSketch
from playground.figures.card.plane import PlanePicture

__all__ = [
    "HEIGHT",
    "WIDTH",
    "Card",
    "Mosaic",
    "NetworkSketch",
    "PlanePicture",
    "Tile",
    "as_png",
    "card_png",
    "draw_card",
    "drawing",
]
