"""A comparison as JUnit XML: a test suite for each criterion that gates, a test case for each case.

A case fails where it passed with the baseline and fails now, so that what never passed doesn't hide what broke; that is
noted as skipped. Errors are errors. The verdict is a suite of its own. Left out: times, and what merely advises.
"""

from xml.etree import ElementTree as ET

from eval.verdict.comparison import Comparison
from eval.verdict.gate import Exit, gate
from eval.verdict.side import Side, against

_HALF = 0.5


def junit(comparison: Comparison, baseline: Side, candidate: Side) -> str:
    """The XML, with its declaration."""
    root = ET.Element("testsuites", name=against(candidate.origin, baseline.origin))
    root.append(_verdict(comparison))
    for row in comparison.measured:
        if row.gates and row.measure == "passes":
            root.append(_suite(row.criterion, row.says, baseline, candidate))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _verdict(comparison: Comparison) -> ET.Element:
    case = ET.Element("testcase", classname="verdict", name=comparison.verdict.value)
    told = {"message": " ".join(comparison.why)}
    match gate(comparison):
        case Exit.WORSE:
            ET.SubElement(case, "failure", told)
        case Exit.NO_VERDICT:
            ET.SubElement(case, "error", told)
    return _counted("verdict", [case])


def _suite(criterion: str, says: str, baseline: Side, candidate: Side) -> ET.Element:
    """One criterion over every case that either version was run on."""
    faulty = {fault.case for fault in candidate.faults if criterion in fault.criteria}
    before, now = baseline.passes.get(criterion, {}), candidate.passes.get(criterion, {})
    cases = []
    for name in sorted(baseline.abouts.keys() | candidate.abouts.keys()):
        case = ET.Element("testcase", classname=criterion, name=name)
        cases.append(case)
        if name in faulty or name not in candidate.abouts:
            ET.SubElement(case, "error", message="error" if name in faulty else "not run")
        elif name not in now:
            ET.SubElement(case, "skipped", message="does not apply")
        elif now[name] <= _HALF and before.get(name, 0.0) > _HALF:
            ET.SubElement(case, "failure", message=f"passed with {baseline.origin.version}; {says}")
        elif now[name] <= _HALF:
            ET.SubElement(case, "skipped", message=f"does not pass, nor did it with {baseline.origin.version}")
    return _counted(criterion, cases)


def _counted(name: str, cases: list[ET.Element]) -> ET.Element:
    count = {
        f"{kind}s" if kind != "skipped" else kind: str(sum(case.find(kind) is not None for case in cases))
        for kind in ("failure", "error", "skipped")
    }
    suite = ET.Element("testsuite", {"name": name, "tests": str(len(cases)), **count})
    suite.extend(cases)
    return suite
