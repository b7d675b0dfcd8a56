"""An engine without a cluster: its workers are stages in this process, each in threads of its own, as Ray has them."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle

from pipeline.batch.cluster.compose import opened
from pipeline.batch.cluster.stage import Stage
from pipeline.batch.cluster.task import Report, Task
from pipeline.inbox.worker import Worker

PARCELS = 2  # that a worker does at a time


class Threads:
    """An ``Engine``; ``tasks`` are those that it was given."""

    def __init__(self, workers: int = 2) -> None:
        self.tasks: list[Task] = []
        self.closed = False
        self._workers = workers

    def start(self) -> int:
        return self._workers

    def run(self, task: Task, parcels: Sequence[str], workers: int) -> Iterator[Report]:
        self.tasks.append(task)
        readers = [Worker() for _ in range(workers)]  # one for each, as a process has
        stages = cycle([Stage(task, partial(opened, reader=reader)) for reader in readers])
        with ThreadPoolExecutor(PARCELS * workers) as pool:
            yield from pool.map(lambda pair: pair[0].do(pair[1]), zip(stages, parcels, strict=False))
        for reader in readers:
            reader.close()

    def close(self) -> None:
        self.closed = True
