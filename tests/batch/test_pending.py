from contextlib import closing

import pytest

from pipeline.batch.pending import Pending


def test_it_is_a_dict_in_the_order_of_its_keys() -> None:
    with closing(Pending()) as pending:
        assert not pending
        pending.update({"b": "two", "a": "one", "c": "three"})
        pending["b"] = "zwei"
        del pending["c"]
        assert (list(pending.items()), len(pending)) == ([("a", "one"), ("b", "zwei")], 2)
        assert "c" not in pending
        with pytest.raises(KeyError):
            del pending["c"]
