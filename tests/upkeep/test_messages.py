"""Every sentence of the interface has its Chinese, and no translation is left over."""

from app.upkeep import messages


def test_words_of_code_and_templates_are_found_by_capability() -> None:
    said = messages.found()
    assert any(p.startswith("templates/upkeep/setup.html") for p in said["upkeep"]["Checking …"])
    assert "Backup" not in said.get("upkeep", {})


def test_our_own_words_are_all_translated() -> None:
    said = {name: messages.found()[name] for name in ("upkeep", "demo", "events")}
    assert messages.missing(said, [messages.catalogue(name) for name in (*said, "web", "core")]) == {}
