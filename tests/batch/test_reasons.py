from pipeline.batch.reasons import Reasons


def test_reasons_that_differ_in_figures_alone_are_one() -> None:
    found = Reasons()
    for reason in ("try again in 2s (org-8f1)", "no such model", "try again in 15s (org-22)"):
        found.add(reason)
    assert found.most() == (("try again in 2s (org-8f1)", 2), ("no such model", 1))
    assert found.total == 3


def test_without_any_there_is_nothing_to_tell() -> None:
    assert (Reasons().most(), Reasons().total) == ((), 0)
