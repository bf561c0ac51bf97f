"""The job of a search: trials asked in batches, trained as stacks from rung to rung, and told."""

from playground.runtime.jobs.search.run import SearchRun, begin_search

__all__ = ["SearchRun", "begin_search"]
