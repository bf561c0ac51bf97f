"""A challenge of a class: what is to be done best, by which hidden points, and how two scores compare."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np

from playground.core.errors import Refused
from playground.core.experiment import Experiment
from playground.core.hidden_points import GIVEN, N
from playground.core.hidden_points import hidden_points as hidden_points
from playground.core.parts import MAX_SEED
from playground.core.words import number

Kind: TypeAlias = Literal["best_accuracy", "fewest_parameters", "fewest_epochs", "most_robust"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WITH_TARGET: tuple[Kind, ...] = ("fewest_parameters", "fewest_epochs")
SEEDS = 5
"""From so many a network is trained where it is to be robust."""
LARGEST_SEED = 2**63 - 1

TITLES: Mapping[Kind, str] = {
    "best_accuracy": "Best accuracy",
    "fewest_parameters": "Fewest parameters",
    "fewest_epochs": "Fewest epochs",
    "most_robust": "Most robust",
}
JUDGED = f"{N:,} points that nobody has seen"
SENTENCES: Mapping[Kind, str] = {
    "best_accuracy": f"The network that gets most of {JUDGED} right, at its best epoch, wins.",
    "fewest_parameters": f"Of the networks that get {{target}} of {JUDGED} right, the one with the fewest weights and "
    "biases wins.",
    "fewest_epochs": f"Of the networks that get {{target}} of {JUDGED} right, the one that does so after the fewest "
    "epochs wins.",
    "most_robust": f"Each network is trained from {SEEDS} other seeds, and judged by {JUDGED}: the worst of the "
    f"{SEEDS} counts, and the best of the worst wins.",
}


@dataclass(frozen=True)
class Challenge:
    """What a class is to do best.

    `most_robust` counts the worst of five seeds, not their mean: a network is robust when it can be relied on whatever
    its initial weights, and a mean would let four good ones hide one that fails.

    Attributes
    ----------
    kind : what counts
    target : the accuracy to be reached, a share in (0, 1]; of the kinds that need one, else None
    seed : of the hidden points, and of the five seeds; to be kept from pages

    Raises
    ------
    Refused
        When the fields do not go together; the message is a sentence.
    """

    kind: Kind
    target: float | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise Refused(f"kind must be one of {', '.join(KINDS)}. Got {self.kind!r}.")
        if (self.kind in WITH_TARGET) != (self.target is not None):
            rule = "must come with a target" if self.kind in WITH_TARGET else "has no target"
            raise Refused(f"A challenge of the kind {self.kind} {rule}. Got {self.target}.")
        if self.target is not None and not 0 < self.target <= 1:
            raise Refused(f"target must be an accuracy in (0, 1]. Got {self.target:g}.")
        if not 0 <= self.seed <= LARGEST_SEED:
            raise Refused(f"seed must be a whole number in [0, {LARGEST_SEED}]. Got {self.seed}.")

    @property
    def title(self) -> str:
        """What it is called on a page."""
        return TITLES[self.kind] + ("" if self.target is None else f": {_percent(self.target)}")

    @property
    def sentence(self) -> str:
        """What is to be done, for a learner."""
        return SENTENCES[self.kind].format(target="" if self.target is None else _percent(self.target))

    def to_texts(self) -> dict[str, str]:
        """All of it, the seed included: for keeping, not for pages."""
        target = {} if self.target is None else {"target": repr(self.target)}
        return {"kind": self.kind, **target, "seed": str(self.seed)}

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Challenge:
        """The challenge that `to_texts` has written, or somebody has typed.

        Raises
        ------
        Refused
            With a sentence, whatever strings the mapping holds.
        """
        unknown = sorted(set(texts) - {"kind", "target", "seed"})
        if unknown:
            raise Refused(f"A challenge has a kind, a target and a seed alone. Got {unknown[0]!r}.")
        kind, target, seed = texts.get("kind", ""), texts.get("target", ""), texts.get("seed", "0")
        if not (seed.isascii() and seed.isdecimal() and len(seed) <= len(str(LARGEST_SEED))):
            raise Refused(f"seed must be a whole number in [0, {LARGEST_SEED}]. Got {seed[:40]!r}.")
        return cls(kind, _share(target), int(seed))  # type: ignore[arg-type]  # it is checked

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds from which a network is trained where it is to be robust, all different; to be kept from pages."""
        rng = np.random.default_rng([self.seed, 1])
        return tuple(int(seed) for seed in rng.choice(MAX_SEED, SEEDS, replace=False))

    def refusal_of(self, experiment: Experiment) -> str | None:
        """Why this challenge cannot be judged with the data of an experiment: a sentence; None when it can."""
        if experiment.data.task == "regression":
            return "A challenge must be about classes, whose accuracy counts. Got a regression."
        if experiment.data.given is not None:
            return GIVEN.format(label="points that are drawn by hand, tables and measured sets")
        return None


@dataclass(frozen=True)
class Entry:
    """What is entered to a challenge: an experiment, its changes of rates included, trained for so many epochs.

    Attributes
    ----------
    as_it_is : whether the network of a run is judged as it is, because its weights were changed by hand
    """

    experiment: Experiment
    epochs: int
    challenge: Challenge
    as_it_is: bool = False

    @property
    def experiments(self) -> tuple[Experiment, ...]:
        """What is trained: the experiment, or the same from each of the challenge's seeds."""
        if self.challenge.kind != "most_robust":
            return (self.experiment,)
        return tuple(self._from_seed(seed) for seed in self.challenge.seeds)

    def _from_seed(self, seed: int) -> Experiment:
        train = self.experiment.train.model_copy(update={"seed": seed})
        return self.experiment.model_copy(update={"train": train})

    def to_query(self) -> dict[str, str]:
        """The query of the experiment; nothing of the challenge is in it."""
        return self.experiment.to_query()


@dataclass(frozen=True)
class Score:
    """What a network has come to on the hidden points.

    Attributes
    ----------
    accuracy : the best, a share in [0, 1]; where it is to be robust, the least of `of_seeds`
    epoch : at which it was first that good; where it is to be robust, that of the worst seed
    parameters : trainable numbers of the network
    reached : the first epoch at which the target was reached; None where it was not, or there is none
    of_seeds : the best accuracy from each seed, where it is to be robust
    edited : whether it is that of a network as it is, whose weights were changed by hand
    """

    accuracy: float
    epoch: int
    parameters: int
    reached: int | None = None
    of_seeds: tuple[float, ...] = ()
    edited: bool = False

    def to_texts(self) -> dict[str, str]:
        """All of it; nothing in it tells the hidden points or a seed."""
        return {
            "accuracy": repr(self.accuracy),
            "epoch": str(self.epoch),
            "parameters": str(self.parameters),
            **({} if self.reached is None else {"reached": str(self.reached)}),
            **({"of_seeds": ",".join(map(repr, self.of_seeds))} if self.of_seeds else {}),
            **({"edited": "true"} if self.edited else {}),
        }

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Score:
        """The score that `to_texts` has written.

        Raises
        ------
        ValueError
            When it has not.
        """
        try:
            return cls(
                accuracy=float(texts["accuracy"]),
                epoch=int(texts["epoch"]),
                parameters=int(texts["parameters"]),
                reached=int(texts["reached"]) if "reached" in texts else None,
                of_seeds=tuple(map(float, texts["of_seeds"].split(","))) if "of_seeds" in texts else (),
                edited=texts.get("edited") == "true",
            )
        except KeyError as missing:
            raise ValueError(f"A score must have an accuracy, an epoch and parameters. Got no {missing}.") from None


def better(challenge: Challenge, one: Score, other: Score) -> bool:
    """Whether one score is better than the other; of edited networks, which count apart, with edited ones alone.

    Where two are alike in what counts: of accuracies the one that came to it sooner, of parameters and epochs the one
    that is more accurate, of the worst seeds the better mean. Who has not reached a target comes after all who have.
    """
    return one.edited == other.edited and _rank(challenge, one) > _rank(challenge, other)


def _rank(challenge: Challenge, score: Score) -> tuple[float, ...]:
    """Greater for what is better."""
    reached = score.reached is not None
    match challenge.kind:
        case "best_accuracy":
            return score.accuracy, -score.epoch
        case "fewest_parameters":
            return reached, -score.parameters if reached else 0, score.accuracy
        case "fewest_epochs":
            return reached, -(score.reached or 0), score.accuracy
        case "most_robust":
            return score.accuracy, math.fsum(score.of_seeds)


def _percent(share: float) -> str:
    return f"{number(round(100 * share, 10))}%"


def _share(text: str) -> float | None:
    """The target in a text, like ``0.95`` or ``95%``; None of an empty one."""
    bare, per_cent = text.strip().removesuffix("%"), text.strip().endswith("%")
    if not bare and not per_cent:
        return None
    try:
        return float(bare) / 100 if per_cent else float(bare)
    except ValueError:
        raise Refused(f"target must be an accuracy, like 0.95 or 95%. Got {text[:40]!r}.") from None
