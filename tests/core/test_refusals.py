"""A refusal at the place that can mend it."""

import pytest

from app.core.refusals import FORBIDDEN, REQUIRED, TOO_LONG, Invalid, Refused


def test_a_dialog_shows_what_is_about_its_field_with_all_else_that_is_wrong() -> None:
    missing = Refused(REQUIRED, "reason")
    assert missing.in_dialog("reason") == {"reason": missing.sentence()}
    both = Invalid({"reason": missing, "note": Refused(TOO_LONG, "note", limit=3, length=4)})
    assert list(both.in_dialog("reason")) == ["reason", "note"]


@pytest.mark.parametrize("other", [Refused(FORBIDDEN, permission="x"), Refused(REQUIRED, "quantity")])
def test_what_is_about_something_else_is_no_matter_of_the_dialog(other: Refused) -> None:
    with pytest.raises(Refused) as raised:
        other.in_dialog("reason")
    assert raised.value is other
