"""What a page may choose to see beside the boundary: a view, and within it by typed fields."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, get_args

from pydantic import BeforeValidator, SerializeAsAny

from playground.runtime.protocol.message import Message


class ViewOptions(Message):
    """The options of a view. Each view declares its own subclass, whose `name` is a literal with itself as default."""

    name: str
    known: ClassVar[dict[str, type[ViewOptions]]] = {}
    """The options of every view by its name."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Make the options known by their name."""
        super().__pydantic_init_subclass__(**kwargs)
        (name,) = get_args(cls.model_fields["name"].annotation)
        cls.known[name] = cls


def _options_of(value: object) -> object:
    if isinstance(value, dict) and value.get("name") in ViewOptions.known:
        return ViewOptions.known[value["name"]].model_validate(value)
    if value is None or isinstance(value, ViewOptions):
        return value
    raise ValueError(f"view must be null or have one of the names {', '.join(ViewOptions.known)}")


ViewWanted = Annotated[SerializeAsAny[ViewOptions] | None, BeforeValidator(_options_of)]
