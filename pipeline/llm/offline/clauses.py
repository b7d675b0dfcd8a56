"""The words to quote: short, whole clauses that read well in a letter. Left out: rephrasing; a quote is verbatim."""

import re2

SHORTEST = 12  # characters: less is no clause
LONGEST = 140  # characters of a sentence that is quoted whole
_CUT = re2.compile(r"[,;:\x{2013}\x{2014}]\s+|\s-\s+|\s+\(|\)\s*|\n+")
_LEAD = re2.compile(r"(?i)^(?:[-*\x{2022}\x{b7}]\s*|\(?\d{1,2}[.):/]\)?\s+|\(?[a-h][).]\s+)+")


def clause(text: str, start: int, end: int, first: int, last: int) -> str:
    """Of the sentence ``text[start:end]`` the shortest run of clauses around ``first:last``; all if it is short."""
    sentence = text[start:end]
    lead = _LEAD.match(sentence)
    start += lead.end() if lead else 0
    if end - start > LONGEST:
        cuts = [start, *(start + m.end() for m in _CUT.finditer(text[start:end])), end]
        start = max((c for c in cuts if c <= first), default=start)
        end = min((c for c in cuts if c >= max(last, start + SHORTEST)), default=end)
    return text[start:end].strip(" \n\t,;:-\u2013\u2014(")
