"""Optuna's part in a search: which values to try next, and which knobs have mattered. Loaded when a search begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from playground.core.search.ranges import Range
from playground.core.search.search import Search
from playground.core.search.trial import Trial

if TYPE_CHECKING:
    import optuna

BATCH = 24
"""Trials that are asked together: however fast they are trained, or the same search would not be the same again."""
ENOUGH = 2 * BATCH
"""Trials from which something is said of importance."""
TREES = 16


class Asker:
    """Asks for trials batch by batch, each when all of the one before are told.

    Parameters
    ----------
    scores : what an asker of the same search was told of its trials, in their order: this one goes on as it would have
    """

    def __init__(self, search: Search, scores: Sequence[float] = ()) -> None:
        self._search = search
        self._study = _study(search)
        self._distributions = {each.knob: _distribution(each) for each in search.ranges}
        self._asked: list[optuna.trial.Trial] = []
        while len(self._asked) < len(scores):
            batch = self.ask()
            self.tell([scores[trial.number] for trial in batch])

    @property
    def told(self) -> int:
        """How many trials it was told of."""
        return sum(trial.state.is_finished() for trial in self._study.get_trials(deepcopy=False))

    def ask(self) -> list[Trial]:
        """The next batch; empty when there were as many as the search has."""
        count = min(BATCH, self._search.trials - len(self._asked))
        asked = [self._study.ask(self._distributions) for _ in range(count)]
        self._asked += asked
        return [self._search.trial(trial.number, trial.params) for trial in asked]

    def tell(self, scores: Iterable[float]) -> None:
        """What came of the last batch, trial by trial: the more, the better."""
        for trial, score in zip(self._asked[self.told :], scores, strict=True):
            self._study.tell(trial, score)

    def importance(self) -> dict[str, float]:
        """How much of the differences each knob makes, in all 1; empty while there are too few trials to tell.

        By fANOVA [1]_: a forest is grown on the trials, and the variance of what it says is parted among the knobs.

        References
        ----------
        .. [1] Hutter, Hoos, Leyton-Brown: An efficient approach for assessing hyperparameter importance. ICML 2014.
        """
        from optuna.importance import FanovaImportanceEvaluator, get_param_importances

        scores = {trial.value for trial in self._study.get_trials(deepcopy=False) if trial.state.is_finished()}
        if self.told < ENOUGH or len(scores) < 2:
            return {}
        evaluator = FanovaImportanceEvaluator(n_trees=TREES, seed=self._search.search_seed)
        found = get_param_importances(self._study, evaluator=evaluator)
        return {each.knob: float(found.get(each.knob, 0.0)) for each in self._search.ranges}


def _study(search: Search) -> optuna.study.Study:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    samplers = {"tpe": optuna.samplers.TPESampler, "random": optuna.samplers.RandomSampler}
    return optuna.create_study(direction="maximize", sampler=samplers[search.sampler](seed=search.search_seed))


def _distribution(each: Range) -> Any:
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

    if each.choices:
        return CategoricalDistribution(each.choices)
    logarithmic = each.scale != "linear"
    if each.whole:
        return IntDistribution(int(each.low), int(each.high), log=logarithmic)
    return FloatDistribution(each.low / 10 if each.may_be_zero else each.low, each.high, log=logarithmic)
