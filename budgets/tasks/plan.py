"""What the clock does for media plans on their way (5.4): the steps of every signed paper."""

from budgets.models import MediaPlan
from jobs.tasks.chain import steps_of

STEPS = steps_of(MediaPlan, of=" of media plans")
