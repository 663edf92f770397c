"""axe in the page: what keeps somebody from reading or reaching it.

Only violations are asked for: what is right with a page takes four times as long to list. No page has frames, and no rule of
ours asks for the style sheets, which axe would fetch and parse on every page.
"""

from app.config import ROOT

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCRIPT = (ROOT / "static/vendor/axe.min.js").read_text(encoding="utf-8")
VIOLATIONS = (
    "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], reporter: 'no-passes', iframes: false, preload: false})"
    ".then(found => found.violations)"
)
