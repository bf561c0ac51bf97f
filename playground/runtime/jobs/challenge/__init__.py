"""The job of an entry to a challenge: what was entered is trained by the server itself and judged by hidden points."""

from playground.runtime.jobs.challenge.job import SHARE, WORK_SECONDS, EntryJob, begin_entry

__all__ = ["SHARE", "WORK_SECONDS", "EntryJob", "begin_entry"]
