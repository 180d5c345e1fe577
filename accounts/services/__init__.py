from accounts.services.brands import (
    create_brand,
    create_product,
    set_brand_active,
    update_brand,
    update_product,
)
from accounts.services.clients import create_client, set_client_status, update_client
from accounts.services.codes import PAPERS, check_code, send_code
from accounts.services.contacts import (
    create_contact,
    deactivate_contact,
    reactivate_contact,
    update_contact,
)
from accounts.services.contracts import (
    archive_contract,
    create_contract,
    terms,
    update_contract,
)
from accounts.services.handover import open_duties, reassign
from accounts.services.house import (
    create_group,
    remove_day,
    set_day,
    set_logo,
    update_group,
    update_settings,
)
from accounts.services.links import (
    check_open,
    expire_link,
    is_readable,
    link_placeholder,
    make_link,
    note_opened,
    open_link,
    prolong_links,
    readable_link,
    revoke_links,
    revoked_link,
    use_link,
)
from accounts.services.notes import add_note, change_note
from accounts.services.notices import morning_list
from accounts.services.sending import before_send
from accounts.services.standins import appoint_stand_in, end_stand_in
from accounts.services.team import assign, end_assignment, make_lead, people, recipients_of
from accounts.services.todos import add_todo, change_todo, finish_todo, reopen_todo
from accounts.services.users import (
    create_user,
    deactivate_user,
    reactivate_user,
    set_own_language,
    set_password,
    update_user,
)

__all__ = [
    "PAPERS",
    "add_note",
    "add_todo",
    "appoint_stand_in",
    "archive_contract",
    "assign",
    "before_send",
    "change_note",
    "change_todo",
    "check_code",
    "check_open",
    "create_brand",
    "create_client",
    "create_contact",
    "create_contract",
    "create_group",
    "create_product",
    "create_user",
    "deactivate_contact",
    "deactivate_user",
    "end_assignment",
    "end_stand_in",
    "expire_link",
    "finish_todo",
    "is_readable",
    "link_placeholder",
    "make_lead",
    "make_link",
    "morning_list",
    "note_opened",
    "open_duties",
    "open_link",
    "people",
    "prolong_links",
    "reactivate_contact",
    "reactivate_user",
    "readable_link",
    "reassign",
    "recipients_of",
    "remove_day",
    "reopen_todo",
    "revoke_links",
    "revoked_link",
    "send_code",
    "set_brand_active",
    "set_client_status",
    "set_day",
    "set_logo",
    "set_own_language",
    "set_password",
    "terms",
    "update_brand",
    "update_client",
    "update_contact",
    "update_contract",
    "update_group",
    "update_product",
    "update_settings",
    "update_user",
    "use_link",
]
