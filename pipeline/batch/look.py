"""A look at what is to do: the first pass of a run, then as far through the flow as stored calls lead.

What this leaves out: the calls that would be made, which the model of the flow counts, and what they cost.
"""

from contextlib import closing

from pipeline.batch.estimate import Counted
from pipeline.batch.plan import Chosen, Flow, Inbox, Known, Plan
from pipeline.batch.progress import Progress
from pipeline.batch.stop import Stop
from pipeline.errors import PendingError, UnreadableError, UsageError
from pipeline.inbox.worker import Reader, the_worker


async def look(  # noqa: PLR0913 - the parts of a pass, each by name
    inbox: Inbox,
    flow: Flow,
    known: Known,
    progress: Progress,
    *,
    reads: bool = True,
    reader: Reader | None = None,
) -> Counted | None:
    """Count the messages of ``inbox``, and take those that are to do through ``flow``; None when asked to stop.

    Without ``reads`` no mail is read, and those to do count as ready: a model that costs nothing has nothing to count.

    Raises:
        UsageError: the inbox cannot be read.
    """
    reader, stop = reader or the_worker(), Stop()
    with closing(Plan(inbox, flow)) as plan, stop.guarding():
        await plan.make(stop)
        await plan.relate(reader.read, stop)
        if stop.asked:
            return None
        chosen = plan.choose(known)
        todo = chosen.by_model
        ready = await _walk(plan, chosen, flow, progress, reader, stop) if reads and todo else todo
        return (
            None
            if stop.asked
            else Counted(
                messages=len(plan),
                done=len(plan) - chosen.todo - chosen.others,
                settled=chosen.todo - todo,
                others=chosen.others,
                todo=todo,
                ready=ready,
            )
        )
    return None


async def _walk(  # noqa: PLR0913, PLR0917 - as above
    plan: Plan, chosen: Chosen, flow: Flow, progress: Progress, reader: Reader, stop: Stop
) -> int:
    """How many of the chosen mails come to their end without a new call."""
    pending = 0
    progress.start(chosen.by_model)
    try:
        for raw, one in plan.paired():
            if stop.asked:
                break
            if isinstance(one.fate, UnreadableError) or one.fate.skip or not chosen.has(one):
                continue
            try:
                await flow.reply(await reader.read(raw, one.fate), one.key, one.today)
            except PendingError:
                pending += 1
            except UsageError:
                raise
            except Exception:  # noqa: BLE001, S110 - the run meets it again, and its row will say so
                pass
            progress.step(None)
    finally:
        progress.end()
    return chosen.by_model - pending
