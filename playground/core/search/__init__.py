"""Searches: which settings of some knobs train well, asked of many trials and told what came of them."""

from playground.core.search.asker import BATCH, ENOUGH, Asker
from playground.core.search.ledger import Ledger
from playground.core.search.ranges import SEARCHED, Range, ranges_of
from playground.core.search.search import KNOBS_NAME, NAMES, RULES, SAMPLERS, Search
from playground.core.search.stacking import MEMBERS, Stacked, stacked
from playground.core.search.trial import STATES, Record, Trial

__all__ = [
    "BATCH",
    "ENOUGH",
    "KNOBS_NAME",
    "MEMBERS",
    "NAMES",
    "RULES",
    "SAMPLERS",
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
