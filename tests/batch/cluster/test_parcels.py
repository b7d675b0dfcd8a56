import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from pipeline.batch.cluster import parcels
from pipeline.batch.cluster.parcels import Item, Packing, drop, unpacked
from pipeline.batch.plan import Planned
from pipeline.errors import OutputError, UnreadableError
from pipeline.inbox.source import Raw, Shelf
from pipeline.inbox.threads import Fate
from pipeline.types.decision import Action
from pipeline.types.earlier import Earlier
from pipeline.types.message import Skip
from pipeline.types.request import Request
from tests.batch.fakes import TODAY, letter

NO = Earlier(key="e", today=TODAY, action=Action.DECLINE, code="late", request=Request(asks=()))


def item(seq: int = 0, *, fate: Fate | UnreadableError = Fate("<thread>"), earlier: Earlier | None = None) -> Item:  # noqa: B008 - a plain value
    raw = Raw(seq, f"{seq}.eml", letter(f"Mail {seq}"))
    return Item(raw, Planned(seq, raw.origin, "d" * 64, "k" * 64, TODAY, fate), earlier)


async def given(*items: Item) -> AsyncIterator[Item]:
    for one in items:
        yield one


async def packed(folder: Path, *items: Item, most: int = 1000) -> list[Path]:
    return [folder / name for name in await Packing(folder, given(*items), most).parcels(1000)]


async def test_a_mail_comes_out_as_it_went_in(tmp_path: Path) -> None:
    odd = Raw(3, "\udcff.eml", b"\n\n\0[1]\n", Shelf.SENT, "a problem")
    items = [
        item(0),
        item(1, fate=Fate("<thread>", Skip.OWN, earlier_own=True)),
        item(2, earlier=NO),
        item(3)._replace(raw=odd, planned=item(3).planned._replace(origin=odd.origin)),
    ]
    (path,) = await packed(tmp_path, *items)
    assert list(unpacked(path)) == items
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_why_a_head_cannot_be_read_travels_too(tmp_path: Path) -> None:
    (path,) = await packed(tmp_path, item(fate=UnreadableError("too long")))
    (found,) = unpacked(path)
    assert isinstance(found.planned.fate, UnreadableError)
    assert str(found.planned.fate) == "too long"


async def test_parcels_hold_so_many_mails_at_most(tmp_path: Path) -> None:
    found = await packed(tmp_path, *map(item, range(5)), most=2)
    assert [[one.raw.seq for one in unpacked(path)] for path in found] == [[0, 1], [2, 3], [4]]


async def test_parcels_hold_so_many_bytes_and_one_mail_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "_BYTES", 100)
    found = await packed(tmp_path, *map(item, range(3)))
    assert [len(list(unpacked(path))) for path in found] == [1, 1, 1]


async def test_they_are_made_a_few_at_a_time(tmp_path: Path) -> None:
    packing = Packing(tmp_path, given(*map(item, range(5))), 1)
    made = [len(await packing.parcels(2)) for _ in range(4)]
    assert made == [2, 2, 1, 0]
    drop(tmp_path)
    assert not list(tmp_path.iterdir())  # noqa: ASYNC240 - a test may wait


@pytest.mark.parametrize("cut", [1, 40, 300])
async def test_one_that_is_cut_off_is_one_sentence(tmp_path: Path, cut: int) -> None:
    (path,) = await packed(tmp_path, item())
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(OutputError, match=r"mails-000000\.parcel cannot be read"):
        list(unpacked(path))
