from django.db import migrations, models
from django.utils import timezone

KINDS = [
    "last_report",
    "budget",
    "work",
    "ads",
    "references",
    "quotes",
    "schedule",
    "samples",
    "approvals",
    "guidelines",
]
REQUIRED = KINDS[:5]
ALL = [
    "room",
    "av",
    "reception",
    "met",
    "catering",
    "lights",
    "clear",
    "agendas",
    "seats",
    "papers",
]
VENUE = {
    "ours": ALL,
    "client": ["av", "agendas", "papers"],
    "elsewhere": ["room", "av", "met", "catering", "lights", "agendas", "seats", "papers"],
    "online": ["av", "papers"],
}


def give_lists(apps, schema_editor):
    """Sit-down meetings that are still ahead get what newly planned ones begin with."""
    PrepItem = apps.get_model("meetings", "PrepItem")
    VenueItem = apps.get_model("meetings", "VenueItem")
    ahead = apps.get_model("meetings", "Meeting").objects.filter(
        state__in=["draft", "planned", "agenda_sent"],
        kind__in=["face", "video"],
        starts_at__gt=timezone.now(),
    )
    for meeting in ahead.filter(preparations=None):
        PrepItem.objects.bulk_create(
            PrepItem(meeting=meeting, kind=kind, required=kind in REQUIRED) for kind in KINDS
        )
        VenueItem.objects.bulk_create(
            VenueItem(meeting=meeting, kind=kind) for kind in VENUE[meeting.place]
        )
    ahead.update(next_notice_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_weeks_and_preparations")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="calls_missed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="press_missed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(give_lists, migrations.RunPython.noop, elidable=True),
    ]
