"""Searches: which settings of some knobs train well, asked of many trials and told what came of them."""

from playground.core.search.asker import BATCH, Asker
from playground.core.search.ledger import Ledger
from playground.core.search.ranges import SEARCHED, Range, ranges_of
from playground.core.search.search import NAMES, Search
from playground.core.search.stacking import MEMBERS, Stacked, stacked
from playground.core.search.trial import STATES, Record, Trial

__all__ = [
    "BATCH",
    "MEMBERS",
    "NAMES",
    "SEARCHED",
    "STATES",
    "Asker",
    "Ledger",
    "Range",
    "Record",
    "Search",
    "Stacked",
    "Trial",
    "ranges_of",
    "stacked",
]
