"""What a page may send as its turn: anything; what is no turn is refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground import runtime
from playground.ui.pipe import component
from playground.ui.pipe.component import answer

Json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
Channel = st.fixed_dictionaries(
    {"token": Json, "first": Json, "heard": Json}, optional={"texts": Json, "ended": Json, "more": Json}
)
Turn = Json | st.fixed_dictionaries(
    {"exchange": Json | st.fixed_dictionaries({"number": Json, "channels": st.dictionaries(st.text(), Channel | Json)})}
)


class NoPipes:
    """Pipes to which whatever is a turn comes."""

    def exchange(self, session: str, said: Any, patience: float, is_there: Any) -> dict[str, Any]:
        return {name: None for name in said.channels}


@pytest.fixture(autouse=True)
def no_pipes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(component, "pipes_of", lambda runs: NoPipes())
    monkeypatch.setattr(component, "name_of_session", lambda: "session")
    monkeypatch.setattr(runtime, "live_runs", lambda: None)


@given(Turn)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_page_sends_is_answered(said: Any) -> None:
    told = answer(said)
    assert "refused" in told or "channels" in told


def test_a_turn_is_taken_and_another_thing_is_named() -> None:
    channel = {"token": "t", "first": 0, "heard": 0, "texts": ['{"type": "play"}']}
    assert answer({"exchange": {"number": 3, "channels": {"a": channel}}}) == {"number": 3, "channels": {"a": None}}
    refused = answer({"exchange": {"number": 3, "channels": {"a": {**channel, "heard": -1}}}})["refused"]
    assert "channels.a.heard" in str(refused) and "greater than or equal to 0" in str(refused) and "-1" in str(refused)
    assert "exchange" in str(answer({})["refused"])
