"""Ray Data as the engine: names of parcels through ``map_batches``, one ``Stage`` an actor. No more of Ray is used.

A cluster is used only at the address that was told, never one of the environment; without an address Ray starts on this
machine and ends with the run. Nothing is uploaded: workers have Candor installed, and the key of the endpoint in their
own environment. What this leaves out: Ray's own checkpoints and retries of rows, since the stage keeps each call.
"""

import logging
import os
import socket
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.batch.cluster.compose import opened
from pipeline.batch.cluster.stage import Stage
from pipeline.batch.cluster.task import Report, Task
from pipeline.errors import CandorError, UsageError

if TYPE_CHECKING:
    from ray.data import Dataset

_SET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal", "RAY_ENABLE_AUTO_CONNECT": "0"}
_OBJECTS = 100 * 2**20  # bytes of shared memory on this machine; only names and reports pass through it
_PARCELS = 2  # that one worker does at a time, so that the last calls of one do not hold up the next
_STARTS = 3  # on a busy machine Ray may not be up within the half minute that it gives itself
_KNOCK = 10.0  # seconds
_CPUS = 0.1  # what an actor asks for: it waits more than it works, and reading must find room beside it


class RayEngine:
    """An ``Engine`` on the cluster at ``address``, or on this machine; ``workers`` 0: one for each processor."""

    def __init__(self, address: str = "", workers: int = 0) -> None:
        self._address, self._workers = address, workers

    def start(self) -> int:
        """See ``Engine``."""
        check()
        _reachable(self._address)
        for name, value in _SET.items():
            os.environ.setdefault(name, value)
        import ray

        for attempt in range(1, _STARTS + 1):
            try:
                self._init()
                break
            except Exception as error:  # noqa: BLE001 - of whatever kind, it is Ray that is missing
                ray.shutdown()
                if self._address or attempt == _STARTS:
                    where = f"at {self._address}" if self._address else "on this machine"
                    raise UsageError(f"Ray cannot be used {where}: {_first(error)}") from None
        return self._workers or max(1, int(ray.cluster_resources().get("CPU", 1)))

    def _init(self) -> None:
        import ray

        common = {"logging_level": logging.ERROR, "log_to_driver": False}
        if self._address:
            ray.init(address=self._address, **common)
        else:  # "local" takes no notice of RAY_ADDRESS
            ray.init(address="local", include_dashboard=False, object_store_memory=_OBJECTS, **common)

    def run(self, task: Task, parcels: Sequence[str], workers: int) -> Iterator[Report]:
        """See ``Engine``."""
        try:
            for row in _dataset(task, parcels, workers).iter_rows():
                yield Report(**row)
        except Exception as error:  # noqa: BLE001 - of Ray; the rows are in the shards
            raise CandorError(f"Ray ended the work early: {_first(error)}") from None

    def close(self) -> None:
        """See ``Engine``."""
        import ray

        ray.shutdown()


def check() -> None:
    """Whether Ray is there.

    Raises:
        UsageError: it is not installed.
    """
    from importlib.util import find_spec

    if not (find_spec("ray") and find_spec("pyarrow")):
        raise UsageError("--engine ray needs Ray: pip install '.[ray]' in Candor's own folder")


def _reachable(address: str) -> None:
    """Ray itself would knock for ever at an address where nobody is.

    Raises:
        UsageError: nobody is at ``address``, if that is a host and a port.
    """
    host, _, port = address.rpartition(":")
    if not host or "/" in host or not port.isdigit():
        return
    try:
        socket.create_connection((host, int(port)), _KNOCK).close()
    except (OSError, OverflowError) as error:
        raise UsageError(f"Ray cannot be used at {address}: {getattr(error, 'strerror', None) or error}") from None


def _dataset(task: Task, parcels: Sequence[str], workers: int) -> "Dataset":
    import ray

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.max_errored_blocks = -1  # a lost parcel is told by its missing report, and done by the next run
    names = ray.data.from_items([{"parcel": name} for name in parcels], override_num_blocks=len(parcels))
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # Ray has set its own by now
    pool = ray.data.ActorPoolStrategy(
        size=workers,
        max_tasks_in_flight_per_actor=2 * _PARCELS,
        max_concurrent_calls_per_actor=_PARCELS,
        enable_true_multi_threading=True,
    )
    return names.map_batches(
        Stage,
        fn_constructor_args=(task, opened),
        batch_size=1,
        compute=pool,
        num_cpus=_CPUS,
    )


def _first(error: Exception) -> str:
    """The first line of what Ray says, which goes on for pages."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
