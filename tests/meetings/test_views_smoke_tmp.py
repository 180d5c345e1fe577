"""Every page opens for the AE."""
import pytest
from django.utils import timezone
from datetime import timedelta
from tests.meetings import make
from tests.builders import make_user

def urls(**pk):
    return

@pytest.fixture
def site(client, ae, am, ad):
    account, contact = make.make_account(ae, am, ad, code="LM")
    client.force_login(ae)
    return client, account, contact

def get(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.content[:500])
    return answer

def test_pages(site, ae, am):
    client, account, contact = site
    now = timezone.now()
    draft = make.log(account, contact, ae, ended_at=now - timedelta(hours=2), at=now)
    issued = make.issued(account, contact, ae, ended_at=now - timedelta(hours=1), at=now, data=make.typed(contact, actions=[make.action(user=ae, due_on=now.date())]))
    act = issued.actions.first()
    m = draft.meetings.first()
    for path in ["", "week/", "calls/new/", "calls/new/?client=%d" % account.pk, "calls/new/?client=", "exchanges/new/", "new/", f"{m.pk}/", f"{m.pk}/end/", f"reports/{draft.pk}/edit/", f"reports/{draft.pk}/edit/?check=1",
        f"reports/{draft.pk}/bar/", f"reports/{draft.pk}/preview/", f"reports/{draft.pk}/issue/", f"reports/{draft.pk}/calls/new/",
        f"reports/{issued.pk}/", f"reports/{issued.pk}/revise/", f"reports/{issued.pk}/return/", "actions/", f"actions/{act.pk}/", f"actions/{act.pk}/move/", f"actions/{act.pk}/done/", f"actions/{act.pk}/cancel/", f"actions/{act.pk}/progress/", "?format=xlsx", "actions/?format=xlsx"]:
        get(client, "/meetings/" + path)
    get(client, f"/meetings/reports/{draft.pk}/", 302)
    get(client, f"/meetings/reports/{issued.pk}/edit/", 302)
