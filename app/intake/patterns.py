"""Regular expressions that a person wrote, run so that none can hang the house: time grows with text × pattern, never more.

Python's own parser reads the pattern; Thompson's and Pike's machine runs it, keeping every way of matching in step
instead of trying one after the other. What such a machine cannot do (looking around, back-references) is refused.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from app.core.refusals import Reason, Refused
from app.core.words import N_

BAD_PATTERN = Reason("bad_pattern", N_("This pattern cannot be read at character %(at)s: “%(pattern)s”"))
TOO_MUCH = Reason("pattern_too_much", N_("This pattern asks for too much: “%(what)s” cannot be used here"))
TOO_BIG = Reason("pattern_too_big", N_("This pattern is too big; repeat fewer times"))
NO_SUCH_GROUP = Reason("no_such_group", N_("The pattern has no group %(group)s"))
LARGEST_PROGRAM = 2000
LONGEST_TEXT = 500
_REFERENCE = re.compile(r"[\\$](\d)")

CHAR, SPLIT, JUMP, SAVE, ASSERT, MATCH = range(6)
Step = tuple[int, Any, Any]


@dataclass
class Pattern:
    """A pattern made ready: the steps of the machine, and how many groups it has."""

    steps: list[Step] = field(default_factory=list)
    groups: int = 0

    def search(self, text: str, start: int = 0) -> list[int] | None:
        """The leftmost match from `start` on as [begin, end, begin of group 1, …]; -1 for a group that took no part."""
        slots = [-1] * (2 * self.groups + 2)
        threads: list[tuple[int, list[int]]] = []
        found: list[int] | None = None
        for at in range(start, len(text) + 1):
            if found is None:
                self._add(threads, {pc for pc, _ in threads}, 0, at, slots, text)
            elif not threads:
                break
            following: list[tuple[int, list[int]]] = []
            seen: set[int] = set()
            for pc, held in threads:
                kind, test, _ = self.steps[pc]
                if kind == MATCH:
                    found = held
                    break
                if at < len(text) and test(text[at]):
                    self._add(following, seen, pc + 1, at + 1, held, text)
            threads = following
        return found

    def _add(
        self,
        threads: list[tuple[int, list[int]]],
        seen: set[int],
        pc: int,
        at: int,
        slots: list[int],
        text: str,
    ) -> None:
        """Follow what takes no character, the preferred way first."""
        waiting = [(pc, slots)]
        while waiting:
            pc, slots = waiting.pop()
            if pc in seen:
                continue
            seen.add(pc)
            kind, one, other = self.steps[pc]
            if kind == JUMP:
                waiting.append((one, slots))
            elif kind == SPLIT:
                waiting += [(other, slots), (one, slots)]
            elif kind == SAVE:
                waiting.append((pc + 1, [*slots[:one], at, *slots[one + 1 :]]))
            elif kind == ASSERT:
                if one(text, at):
                    waiting.append((pc + 1, slots))
            else:
                threads.append((pc, slots))

    def replace(self, text: str, replacement: str) -> str:
        """Every match replaced; `\\1` and `$1` stand for the groups."""
        text, pieces, at = text[:LONGEST_TEXT], [], 0
        while at <= len(text) and (found := self.search(text, at)) is not None:
            begin, end = found[0], found[1]
            pieces += [text[at:begin], _filled(replacement, found, text)]
            if end == begin:
                pieces.append(text[begin : begin + 1])
                end += 1
            at = end
        return "".join([*pieces, text[at:]])


def _filled(replacement: str, found: list[int], text: str) -> str:
    def group(match: re.Match[str]) -> str:
        at = 2 * int(match[1])
        return text[found[at] : found[at + 1]] if found[at] >= 0 else ""

    return _REFERENCE.sub(group, replacement)


@lru_cache(maxsize=256)
def pattern_of(pattern: str) -> Pattern:
    """The pattern made ready. Refused at `pattern` with what is wrong with it."""
    try:
        tree = parser.parse(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        at = getattr(error, "pos", None)
        raise Refused(BAD_PATTERN, "pattern", at=(at or 0) + 1, pattern=pattern[:60]) from None
    made = Pattern(groups=tree.state.groups - 1)
    writer = _Writer(made, tree.state.flags)
    writer.step(SAVE, 0)
    writer.sequence(tree)
    writer.step(SAVE, 1)
    writer.step(MATCH)
    return made


def check_replacement(pattern: Pattern, replacement: str) -> None:
    """Refused when it names a group that the pattern does not have."""
    for group in _REFERENCE.findall(replacement):
        if int(group) > pattern.groups:
            raise Refused(NO_SUCH_GROUP, "replacement", group=group)


class _Writer:
    """Writes the steps of a parsed pattern."""

    def __init__(self, made: Pattern, flags: int) -> None:
        self.steps, self.ignore_case = made.steps, bool(flags & re.IGNORECASE)

    def step(self, kind: int, one: Any = None, other: Any = None) -> int:
        if len(self.steps) >= LARGEST_PROGRAM:
            raise Refused(TOO_BIG, "pattern")
        self.steps.append((kind, one, other))
        return len(self.steps) - 1

    def sequence(self, tree: Any) -> None:
        for name, argument in tree:
            self.one(name, argument)

    def one(self, name: Any, argument: Any) -> None:
        if name in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
            self.step(CHAR, self._test(name, argument))
        elif name in (op.MAX_REPEAT, op.MIN_REPEAT):
            self._repeat(*argument, lazy=name is op.MIN_REPEAT)
        elif name is op.SUBPATTERN:
            group, _add, _drop, inner = argument
            if group is None:
                return self.sequence(inner)
            self.step(SAVE, 2 * group)
            self.sequence(inner)
            self.step(SAVE, 2 * group + 1)
        elif name is op.BRANCH:
            self._branch(argument[1])
        elif name is op.AT and argument in _PLACES:
            self.step(ASSERT, _PLACES[argument])
        else:
            raise Refused(TOO_MUCH, "pattern", what=str(name).lower())

    def _repeat(self, least: int, most: Any, inner: Any, lazy: bool) -> None:
        for _ in range(least):
            self.sequence(inner)
        if most is op.MAXREPEAT:
            again = self.step(SPLIT)
            self.sequence(inner)
            self.step(JUMP, again)
            self._fork(again, lazy)
            return
        forks = []
        for _ in range(most - least):
            forks.append(self.step(SPLIT))
            self.sequence(inner)
        for fork in forks:
            self._fork(fork, lazy)

    def _fork(self, at: int, lazy: bool) -> None:
        """At this split go on with the next step, or leave to here."""
        on, out = at + 1, len(self.steps)
        self.steps[at] = (SPLIT, out, on) if lazy else (SPLIT, on, out)

    def _branch(self, ways: list[Any]) -> None:
        ends = []
        for way in ways[:-1]:
            fork = self.step(SPLIT)
            self.sequence(way)
            ends.append(self.step(JUMP))
            self.steps[fork] = (SPLIT, fork + 1, len(self.steps))
        self.sequence(ways[-1])
        for end in ends:
            self.steps[end] = (JUMP, len(self.steps), None)

    def _test(self, name: Any, argument: Any) -> Any:
        if name is op.ANY:
            return lambda c: c != "\n"
        if name is op.IN:
            return self._set(argument)
        same = {chr(argument)}
        if self.ignore_case:
            same |= {chr(argument).lower(), chr(argument).upper()}
        return same.__contains__ if name is op.LITERAL else lambda c: c not in same

    def _set(self, parts: list[Any]) -> Any:
        negated = parts[0][0] is op.NEGATE
        tests = [self._part(*part) for part in parts if part[0] is not op.NEGATE]
        fold = self.ignore_case

        def inside(c: str) -> bool:
            cases = (c, c.lower(), c.upper()) if fold else (c,)
            return any(test(each) for test in tests for each in cases) != negated

        return inside

    def _part(self, name: Any, argument: Any) -> Any:
        if name is op.LITERAL:
            return chr(argument).__eq__
        if name is op.RANGE:
            low, high = argument
            return lambda c: low <= ord(c) <= high if len(c) == 1 else False
        if name is op.CATEGORY and argument in _CATEGORIES:
            return _CATEGORIES[argument]
        raise Refused(TOO_MUCH, "pattern", what=str(argument).lower())


def _is_word(c: str) -> bool:
    return c.isalnum() or c == "_"


def _boundary(text: str, at: int) -> bool:
    return (at > 0 and _is_word(text[at - 1])) != (at < len(text) and _is_word(text[at]))


_CATEGORIES = {
    op.CATEGORY_DIGIT: str.isdecimal, op.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(),
    op.CATEGORY_SPACE: str.isspace, op.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    op.CATEGORY_WORD: _is_word, op.CATEGORY_NOT_WORD: lambda c: not _is_word(c),
}  # fmt: skip
_PLACES = {
    op.AT_BEGINNING: lambda text, at: at == 0, op.AT_BEGINNING_STRING: lambda text, at: at == 0,
    op.AT_END: lambda text, at: at == len(text), op.AT_END_STRING: lambda text, at: at == len(text),
    op.AT_BOUNDARY: _boundary, op.AT_NON_BOUNDARY: lambda text, at: not _boundary(text, at),
}  # fmt: skip
