"""English counts as English people do."""

import re

import pytest

from app.core import plurals
from app.core.words import N_, _, catalogue, noun_beside, speaking

NUMBERS = r"%\((?:n|count|lines|orders|cases|days|hours|minutes|seconds|touches|rows|operations|reports|made|limit|points)\)s"


@pytest.mark.parametrize(
    ("source", "n", "said"),
    [
        ("%(n)s lines open", 1, "1 line open"),
        ("%(n)s lines open", "1", "1 line open"),
        ("%(n)s lines open", 2, "2 lines open"),
        ("%(n)s lines open", 0, "0 lines open"),
        ("%(n)s work orders", 1, "1 work order"),
        ("%(n)s lines are not complete", 1, "1 line is not complete"),
        ("%(n)s orders have nothing doubtful", 1, "1 order has nothing doubtful"),
        ("%(n)s people", 1, "1 person"),
        ("%(n)s less than before", 1, "1 less than before"),
    ],
)
def test_one_thing_is_said_in_the_singular(source: str, n: int | str, said: str) -> None:
    with speaking("en"):
        assert _(source, n=n) == said


def test_each_count_of_a_sentence_has_its_own_number() -> None:
    with speaking("en"):
        assert _("%(lines)s lines, %(rows)s rows", lines=1, rows=2) == "1 line, 2 rows"


def test_chinese_knows_no_plural() -> None:
    with speaking("zh_CN"):
        assert _("%(n)s lines open", n=1) == "还有 1 行没发完"
        assert noun_beside(N_("orders"), 1) == "单"


def test_a_noun_beside_its_figure_follows_it() -> None:
    with speaking("en"):
        assert (noun_beside(N_("orders"), 1), noun_beside(N_("orders"), 2)) == ("order", "orders")


def test_every_noun_that_is_counted_has_its_singular() -> None:
    """A sentence "%(n)s boxes …" whose noun is not in COUNTED would say "1 boxes"."""
    nouns = {
        (noun, source)
        for source in catalogue("zh_CN")
        for words in re.findall(NUMBERS + r"((?: [a-z]+){1,3})", source)
        for noun in [_first_plural(words.split())]
        if noun
    }
    assert {each for each in nouns if each[0] not in plurals.COUNTED} == set()


def _first_plural(words: list[str]) -> str:
    return next((w for w in words if len(w) > 3 and w.endswith("s") and not w.endswith("ss")), "")
