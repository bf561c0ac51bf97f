"""What a worker makes once for all its jobs, the tests of a process make once, too."""

from __future__ import annotations

from typing import Any, cast

import playground.engine as real_engine
from playground.engine.kept_programs import KeptPrograms
from playground.runtime.engine import Engine
from playground.runtime.jobs.recipe import Recipe

_shared: KeptPrograms[str, Any] = KeptPrograms(32)


def made_by(recipe: Recipe) -> Any:
    """What a recipe makes with the real engine: what all who ask for its key share, only the first time."""
    engine = cast(Engine, real_engine)
    return _shared.get(recipe.key, lambda: recipe.make(engine)) if recipe.shared else recipe.make(engine)
