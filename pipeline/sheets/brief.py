"""The page "how we work" as HTML to print or to send, and as Markdown to edit."""

from datetime import date

from pipeline.policy.brief.sheet import Brief
from pipeline.sheets import engine
from pipeline.types.quantities import Day
from pipeline.values.write import write


def as_html(brief: Brief, made: date) -> str:
    """One file that loads nothing."""
    return engine.html("brief", _values(brief, made))


def as_markdown(brief: Brief, made: date) -> str:
    """The same text, to be changed by hand."""
    return engine.markdown("brief", _values(brief, made))


def _values(brief: Brief, made: date) -> dict[str, object]:
    return {"brief": brief, "day": write(Day(day=made), brief.language)}
