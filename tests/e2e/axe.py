"""axe in the page: what keeps somebody from reading or reaching it.

Only violations are asked for: what is right with a page takes four times as long to list.
"""

from app.config import ROOT

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCRIPT = (ROOT / "static/vendor/axe.min.js").read_text(encoding="utf-8")
VIOLATIONS = (
    "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], reporter: 'no-passes'})"
    ".then(found => found.violations)"
)
