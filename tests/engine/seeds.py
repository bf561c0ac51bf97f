"""Outcomes of training for several seeds.

Another processor rounds otherwise, and training makes of that another run: as good a one as another seed's.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence

Seeds = tuple[int, ...]
"""Of the data and of the network."""


class TooFew(AssertionError):
    """What must hold for at least k of n pairs of seeds holds for fewer."""


def at_least(k: int, of: Sequence[Seeds]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a test of a function of `seeds`: what it asserts must hold for at least k of these pairs.

    Pairs are tried until k have held, or k cannot be reached any more.
    """

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def counted(**fixtures: object) -> None:
            failures: list[str] = []
            for tried, seeds in enumerate(of, start=1):
                try:
                    test(seeds=seeds, **fixtures)
                except AssertionError as error:
                    failures.append(f"{seeds}: {error}")
                if tried - len(failures) >= k:
                    return
                if len(of) - len(failures) < k:
                    raise TooFew(
                        f"It must hold for {k} of {len(of)} pairs of seeds. It does not for\n" + "\n".join(failures)
                    )

        signature = inspect.signature(test)
        others = [parameter for name, parameter in signature.parameters.items() if name != "seeds"]
        counted.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return counted

    return decorate
