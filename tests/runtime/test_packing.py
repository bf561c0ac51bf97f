"""No number that JSON cannot hold keeps a message from its page, wherever in the header it stands."""

from __future__ import annotations

import json
import math
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typing_extensions import get_type_hints

from playground.runtime import views  # noqa: F401  declares the messages of all views
from playground.runtime.protocol.packing import pack, type_of, unpack
from playground.runtime.protocol.server import MESSAGES
from playground.runtime.views.answer import VIEWS

DECLARED = [*(each.header for each in MESSAGES.values()), *(each.message.header for each in VIEWS.values())]
NO_NUMBERS = st.sampled_from([math.nan, math.inf, -math.inf, 1e308, -0.0])


def headers(kind: type) -> st.SearchStrategy[dict[str, Any]]:
    """Headers of a declared type, all of whose floats are no numbers."""
    hints = get_type_hints(kind, include_extras=False)
    hints.pop("arrays", None)
    anything = st.recursive(NO_NUMBERS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner))
    fields = {name: anything if "Any" in str(hint) else st.from_type(hint) for name, hint in hints.items()}
    return st.fixed_dictionaries(fields)


@pytest.fixture(autouse=True, scope="module")
def no_numbers() -> Any:
    st.register_type_strategy(float, NO_NUMBERS)
    yield
    st.register_type_strategy(float, st.floats())


@pytest.mark.parametrize("kind", DECLARED, ids=lambda kind: kind.__name__)
@settings(max_examples=20)
@given(data=st.data())
def test_a_message_of_any_type_is_packed_whatever_its_numbers(kind: type, data: st.DataObject) -> None:
    header = data.draw(headers(kind))
    message = pack(header)
    (length,) = struct.unpack_from("<I", message)
    json.loads(message[4 : 4 + length], parse_constant=pytest.fail)
    assert unpack(message)[0].keys() == header.keys()


@given(st.recursive(NO_NUMBERS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20))
def test_no_numbers_become_null_at_any_depth(value: Any) -> None:
    def expected(value: Any) -> Any:
        if isinstance(value, float):
            return value if math.isfinite(value) else None
        if isinstance(value, list):
            return [expected(each) for each in value]
        return {key: expected(each) for key, each in value.items()}

    assert unpack(pack({"type": "any", "value": value}))[0]["value"] == expected(value)


@pytest.mark.parametrize("message", [b"", b"abc", b"\x02\0\0\0{}", pack({"epoch": 1, "type": "frame"})])
def test_the_type_of_a_message_that_does_not_begin_with_it_is_not_known(message: bytes) -> None:
    assert type_of(message) == ""
    assert type_of(pack({"type": "frame", "epoch": 1})) == "frame"
