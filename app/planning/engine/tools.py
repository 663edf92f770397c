"""Who has which copy of a die or mould, and until when."""

from .model import Operation, Problem

Window = tuple[int, int]


class ToolRack:
    """Windows of use of each copy of each tool."""

    def __init__(self, problem: Problem) -> None:
        self._copies = problem.tools
        self._windows: dict[str, list[list[Window]]] = {}

    def free_from(self, tool: str, window: Window) -> int:
        """The start of the window if a copy is free throughout it, else when the first copy comes back."""
        backs = []
        for used in self._of(tool):
            back = _busy_until(used, window)
            if back <= window[0]:
                return window[0]
            backs.append(back)
        return min(backs)

    def take(self, operation: Operation, window: Window) -> None:
        """Give a copy to the operation; a free one where there is one."""
        if operation.tool:
            min(self._of(operation.tool), key=lambda used: _busy_until(used, window)).append(window)

    def give_back(self, operation: Operation, window: Window) -> None:
        """Undo `take`."""
        if operation.tool:
            next(used for used in self._of(operation.tool) if window in used).remove(window)

    def _of(self, tool: str) -> list[list[Window]]:
        if tool not in self._windows:
            self._windows[tool] = [[] for _ in range(max(self._copies.get(tool, 1), 1))]
        return self._windows[tool]


def _busy_until(used: list[Window], window: Window) -> int:
    start, end = window
    return max((b for a, b in used if a < end and b > start), default=start)
