"""The job of a link's picture: what the link shows is trained for at most a second and drawn on a card."""

from playground.runtime.jobs.preview.job import TRAINING_SECONDS, PreviewJob, begin_preview

__all__ = ["TRAINING_SECONDS", "PreviewJob", "begin_preview"]
