"""Jinja for a house of two languages: one environment each, where fixed words are put in when a template is compiled.

A page says some three hundred fixed words, looks into dicts as often and writes a thousand short texts, many of them
again and again: what is known beforehand or was done before is not done while drawing.
"""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache, partial
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import markup_join
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from app.core.words import translate


class Fixed(NodeTransformer):
    """`_("Order")` becomes its word, `icon("truck")` its drawing; `_("%(n)s left", n=3)` and `_(label)` stay, they are said
    while drawing."""

    def __init__(self, known: Mapping[str, Callable[..., str]], context: nodes.EvalContext) -> None:
        self.known, self.context = known, context

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        given = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        if name in self.known and len(given) == len(node.args) > 0 and not node.kwargs:
            return nodes.Const(self.known[name](*given), lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:
        """Jinja would fold fixed parts into plain text, and what was safe among them would be escaped."""
        self.generic_visit(node)
        try:
            parts = [part.as_const(self.context) for part in node.nodes]
        except nodes.Impossible:
            return node
        return nodes.Const(markup_join(parts), lineno=node.lineno)


class SpokenCode(CodeGenerator):
    """Compiles a template in the language of its environment."""

    environment: "SpokenEnvironment"

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        fixed = Fixed(self.environment.known, nodes.EvalContext(self.environment))
        super().visit_Template(fixed.visit(node), frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """`row.get("name")` is called as Python would; what is no dict fails as loudly there."""
        method = node.node
        if isinstance(method, nodes.Getattr) and method.attr == "get" and not node.kwargs:
            self.visit(method.node, frame)
            self.write(".get(")
            for arg in node.args:
                self.visit(arg, frame)
                self.write(", ")
            self.write(")")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")


class SharedTemplate(Template):
    """An imported template is the same for every page: no template of the house has globals of its own."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        return super()._get_default_module()


@lru_cache(8000)
def _escaped(text: str) -> str:
    return str(escape(text))


def written(value: Any) -> str:
    """A value as it stands in a page: escaped, unless it is markup."""
    kind = type(value)
    if kind is str and len(value) < 100:
        return _escaped(value)
    if kind is Markup:
        return value
    return str(value) if kind is int else escape(value)


@lru_cache(8000)
def drawn_once(macro: Callable[..., Markup], *args: Hashable) -> Markup:
    """What a macro draws of these arguments: drawn the first time only. For macros that look at nothing else."""
    return macro(*args)


class SpokenEnvironment(Environment):
    """An environment that speaks one language; `same` are functions whose answers never change while it lives."""

    code_generator_class = SpokenCode
    template_class = SharedTemplate
    written = staticmethod(written)

    def __init__(
        self, language: str, same: Mapping[str, Callable[..., str]] | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.known = {"_": partial(translate, code=language), **(same or {})}
