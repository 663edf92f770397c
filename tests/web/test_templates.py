"""Templates in two languages: what is put in beforehand must be what would be said while drawing."""

import pytest
from jinja2 import DictLoader, StrictUndefined
from jinja2.exceptions import UndefinedError

from app.core import words
from app.core.words import N_, _, speaking
from app.web.icons import icon
from app.web.render import environment
from app.web.templates import SpokenEnvironment, drawn_once

LATER = N_("Order")


def drawn(source: str, language: str = "zh_CN", **context: object) -> str:
    options = {"loader": DictLoader({}), "autoescape": True, "undefined": StrictUndefined}
    env = SpokenEnvironment(language, **options)
    env.globals.update(_=_)
    with speaking(language):
        return env.from_string(source).render(context)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_words_are_said_in_the_language_of_the_page(language: str) -> None:
    with speaking(language):
        order, lines = _("Order"), _("%(n)s lines in all", n=3)
    source = """{{ _("Order") }}|{{ _(label) }}|{{ _("%(n)s lines in all", n=n) }}"""
    assert drawn(source, language, label=LATER, n=3) == f"{order}|{order}|{lines}"


def test_each_language_has_its_own_pages() -> None:
    with speaking("zh_CN"):
        chinese = environment()
    with speaking("en"):
        assert environment() is not chinese


@pytest.mark.parametrize(
    ("value", "shown"),
    [("<b>&'\"", "&lt;b&gt;&amp;&#39;&#34;"), (7, "7"), (1.5, "1.5"), (True, "True"), (None, "None"), ("长" * 300 + "<", "长" * 300 + "&lt;")],
)  # fmt: skip
def test_values_are_written_escaped(value: object, shown: str) -> None:
    assert drawn("{{ value }}{{ value }}", value=value) == shown * 2


def test_text_that_is_markup_already_stays_and_the_same_plain_text_does_not() -> None:
    assert drawn("{{ text | safe }}{{ text }}", text="<i>") == "<i>&lt;i&gt;"


def test_looking_into_a_dict_and_into_what_is_not_there() -> None:
    assert drawn("{{ row.get('a') or 'none' }}{{ row.get('b', 2) }}", row={"a": ""}) == "none2"
    with pytest.raises(UndefinedError):
        drawn("{{ absent.get('a') }}")


def test_fixed_words_are_escaped_too() -> None:
    assert drawn("{{ _('<script>') }}", "en") == "&lt;script&gt;"


def test_safe_parts_joined_with_a_word_stay_safe() -> None:
    source = """{% macro head(right) %}{{ right }}{% endmacro %}{{ head('<a>' | safe ~ _("All") ~ '</a>' | safe) }}"""
    assert drawn(source, "en") == "<a>All</a>"
    assert drawn("""{{ '<a>' | safe ~ '<b>' }}{{ '<i>' ~ '<b>' }}""") == "<a>&lt;b&gt;&lt;i&gt;&lt;b&gt;"


def test_what_is_drawn_once_is_what_would_be_drawn_each_time() -> None:
    source = """{% macro line(what, on) %}<li>{{ _(what) }}{{ on }}</li>{% endmacro %}
{% for what in (label, label, "<b>") %}{{ once(line, what, True) }}{{ line(what, False) }}{% endfor %}"""
    pages = [drawn(source, language, label=LATER, once=once) for language in ("zh_CN", "en")
             for once in (drawn_once, lambda macro, *args: macro(*args))]  # fmt: skip
    assert pages[0] == pages[1] != pages[2] == pages[3]
    assert pages[2].count("<li>OrderTrue</li>") == 2 and "<li>&lt;b&gt;True</li>" in pages[2]


def test_what_is_known_beforehand_is_drawn_as_it_would_be_while_drawing() -> None:
    source = """{% macro button(icon=none) %}{% if icon %}{{ drawn(icon) }}{% endif %}{% endmacro %}
{{ drawn("truck") }}{{ button("truck") }}<b title="{{ drawn('truck', 20) }}"></b>"""
    options = {"loader": DictLoader({}), "autoescape": True, "undefined": StrictUndefined}
    pages = []
    for same in ({}, {"drawn": icon}):
        env = SpokenEnvironment("en", same, **options)
        env.globals.update(drawn=icon)
        pages.append(env.from_string(source).render())
    assert pages[0] == pages[1] and pages[0].count("<svg") == 3
