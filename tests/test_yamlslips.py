"""What a slip in a YAML file is told as: the place to look at, and a sentence that names no part of a parser."""

import pytest

from pipeline.errors import PolicyError
from pipeline.yamltree import parse

SLIPS = [
    ("settings:\n\tmax: 1\n", "2:1: a tab stands here; lines are indented with spaces: put two spaces in its place"),
    ("a: 1\nb:\n  c: 1\n\td: 2\n", "4:1: a tab stands here; "),
    ("version:1\nlanguage: en\n", "1:9: a space is missing behind the colon: write 'version: 1'"),
    ("settings:\n  max:10%\n  late: 4\n", "2:7: a space is missing behind the colon: write 'max: 10%'"),
    ("settings:\n  late:4 days  # late\n  max: 1\n", "2:8: a space is missing behind the colon: write 'late: 4 days'"),
    ("settings:\n  late: 4\n  max:10%\n", "3:7: a space is missing behind the colon: write 'max: 10%'"),
    ("when: {threat:yes, tier: key}\n", "1:8: a space is missing behind the colon: write 'threat: yes'"),
    ("rules:\n  -id: a\n   when: b\n", "2:3: a space is missing behind the '-': write '- id: a'"),
    (
        "rules:\n  - id: a\n    when: b\n   decide: c\n",
        "4:4: this line begins in column 4, and the line above that it goes with in 5",
    ),
    (
        "rules:\n  - id: a\n     when: b\n",
        "3:6: this line begins in column 6, and the line above that it goes with in 5",
    ),
    ("rules:\n  - id: a\n  when: b\n", "3:3: this line begins in column 3, and the line above that it goes with in 5"),
    ("settings:\n  a: 1\n   b: 2\n", "3:4: this line begins in column 4, and the line above that it goes with in 3"),
    ("settings:\n   a: 1\n  b: 2\n", "3:3: this line begins in column 3, and the line above that it goes with in 4"),
    ("a:\n  b: 1\n  - c\n", "3:3: a '-' begins an entry of a list, and the lines above are 'key: value' lines"),
    ('public: "We say so\nwhen: x\n', '1:9: the quote that opens here is not closed: put a " at the end of the text'),
    ('a: "We say so\nb: "no"\n', '1:4: the quote that opens here is not closed: put a " at the end of the text'),
    ("a: 'We don't do that'\n", "1:11: the text ends at this quote, and more follows: write the text in double quotes"),
    ('a: the\nb: "the "best" price"\n', "2:9: the text ends at this quote, and more follows: write 'best' instead"),
    ('a: "We" do\n', "1:7: the text ends at this quote, and more follows: "),
    ("rules:\n  - when: {a: yes, b: no\n    decide: x\n", "2:11: the '{' that opens here is not closed: put a '}'"),
    ("kind: [a, b\n", "1:7: the '[' that opens here is not closed: put a ']' at the end"),
    ("kind: [a, b}\n", "1:12: a list that begins with '[' ends with ']', not with '}'"),
    ("kind: {a: 1 b: 2}\n", "1:14: a comma is missing before this part"),
    ("a: 1\nb: }\n", "2:4: no '{' is open that this '}' could close; take it out"),
    ("a: 1\nb: 2\na: 3\n", "3:1: 'a' is given twice, first in line 1; join the two, or delete one"),
    ("a: %10\n", "1:4: a text can't begin with '%'; put it in quotes: \"%10\""),
    ("public: @home we do\n", "1:9: a text can't begin with '@'; put it in quotes: \"@home we do\""),
    ("public: *home\n", "1:9: a text can't begin with '*'; put it in quotes: \"*home\""),
    ("public: * home\n", "1:9: a text can't begin with '*'; put it in quotes: \"* home\""),
    ("public: &home x\n", "1:9: a text can't begin with '&'; put it in quotes: \"&home x\""),
    ("public: !home x\n", "1:9: a text can't begin with '!'; put it in quotes: \"!home x\""),
    ("public: `home`\n", "1:9: a text can't begin with '`'; put it in quotes: \"`home`\""),
    (
        "public: Note: we do\n",
        '1:13: a colon and a space stand inside a text; put the whole text in quotes: "Note: we do"',
    ),
    ("public: {max} is the most\n", "1:9: a text that begins with '{' is put in quotes: \"{max} is the most\""),
    ("when: {margin: > 30%}\n", "1:16: '>' is not written here: write 'over 30%'"),
    ("when:\n  margin: >= 30%\n", "2:11: '>=' is not written here: write 'at least 30%'"),
    ('a: "c:\\dir"\n', "1:7: in double quotes a '\\' is written twice: '\\\\'"),
    ("a: b\x07c\n", "1:5: a character that can't be seen stands here (U+0007); delete it"),
    ("a: 1\n---\nb: 2\n", "2:1: '---' begins a second document, and there is one in a file; take the line out"),
    ("a: - b\n", "1:4: a list begins on a line of its own; put '- b' below, or write [b]"),
    ("a: 1\nb\nc: 2\n", "2:1: there is no colon in this line: expected 'key: value'"),
]


@pytest.mark.parametrize(("text", "says"), SLIPS)
def test_a_slip_is_a_plain_sentence_at_its_place(text: str, says: str) -> None:
    with pytest.raises(PolicyError) as error:
        parse(text, "policy.yaml", PolicyError)
    assert str(error.value).startswith(f"policy.yaml:{says}")


@pytest.mark.parametrize("text", ["{" * 1000, "a: [[[[", "a: ?\n", '"', "a: |x\n", "%x\n", "\x00", "- - -\n x"])
def test_whatever_stands_there_is_one_sentence_of_ours(text: str) -> None:
    with pytest.raises(PolicyError) as error:
        parse(text, "policy.yaml", PolicyError)
    assert not any(word in str(error.value) for word in ("token", "scalar", "block", "mapping", "stream", "alias"))
