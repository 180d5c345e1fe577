"""What the clock says of clients to whom nobody suggests anything (R76)."""

from agency.common.clock import Step
from jobs.services import idealess


def remind(item, at):
    client, slot, key = item
    told = idealess.tell_idealess(client=client, slot=slot, key=key, at=at)
    return f"no suggestion for {client}: {slot}" if told else None


STEPS = [Step("clients without suggestions", idealess.to_tell, remind)]
