"""The house, its people, its clients: made through the same services as on the screens."""

from datetime import timedelta

from accounts import services
from accounts.models import Client, User
from accounts.models.scope import local_day
from agency.demo import cast

WEEK = timedelta(weeks=1)
REST = 3 * WEEK  # ago, QL came to rest


def fill(begin):
    """Make everybody as of `begin`, weeks ago. Returns {login: User}, {code: Client}."""
    services.update_settings(by=None, at=begin, **cast.HOUSE)
    users = {row[0]: _user(row, number, begin) for number, row in enumerate(cast.STAFF, 1)}
    groups = {
        name: services.create_group(by=None, at=begin, name=name, head=users[head])
        for name, head in cast.GROUPS.items()
    }
    clients = {
        code: _client(code, what, users, groups, begin) for code, what in cast.CLIENTS.items()
    }
    return users, clients


def _user(row, number, begin):
    login, name, name_en, role, department = row
    return services.create_user(
        by=None,
        at=begin,
        password=cast.PASSWORD,
        username=login,
        name=name,
        name_en=name_en,
        email=f"{login}@{cast.MAIL_HOST}",
        mobile=f"139 0000 {number:04d}",
        role=role,
        department=department,
        language=User.Language.ZH,
    )


def _client(code, what, users, groups, begin):
    client = services.create_client(
        by=None, at=begin, code=code, group=groups[what["group"]], **what["fields"]
    )
    for login in what["team"]:
        _assign(client, users[login], begin)
    _brands(client, what["brands"], begin)
    _contract(client, what["contract"], begin)
    for row in cast.CONTACTS[code]:
        _contact(client, row, begin)
    return client


def _assign(client, user, begin):
    services.assign(
        client=client,
        user=user,
        role=user.role,
        starts_on=local_day(begin),
        is_lead=bool(user.rank),
        by=None,
        at=begin,
    )


def _brands(client, brands, begin):
    for name, (name_en, products) in brands.items():
        brand = services.create_brand(
            client=client, by=None, at=begin, name=name, name_en=name_en, category=client.sector
        )
        for product in products:
            services.create_product(brand=brand, by=None, at=begin, name=product)


def _contract(client, terms, begin):
    if terms is None:
        return
    year = local_day(begin).year
    first = local_day(begin).replace(month=1, day=1)
    services.create_contract(
        client=client,
        by=None,
        at=begin,
        starts_on=first,
        ends_on=first.replace(year=year + 1, month=12, day=31),
        **{**terms, "number": terms["number"].replace("2026", str(year))},
    )


def _contact(client, row, begin):
    name, address_as, title, flags, limit, language = row
    number = client.contacts.count() + 1
    contact = services.create_contact(
        client=client,
        by=None,
        at=begin,
        name=name,
        address_as=address_as,
        title=title,
        email=f"contact{number}@{client.code.lower()}.example",
        mobile=f"138 0000 {number:04d}",
        language=language,
        is_key="k" in flags,
        can_sign="s" in flags,
        sign_limit=limit,
        gets_reports="r" in flags,
        gets_budget="k" in flags,
        gets_status="k" in flags,
    )
    if "x" in flags:
        services.deactivate_contact(contact=contact, by=None, at=begin + WEEK)


def leave_of(users, now):
    """The AM of YL was away two weeks ago; her colleague stood in (4.4)."""
    monday = local_day(now) - timedelta(days=local_day(now).weekday())
    services.appoint_stand_in(
        absent=users["am2"],
        deputy=users["am1"],
        starts_on=monday - 2 * WEEK,
        ends_on=monday - 2 * WEEK + timedelta(days=4),
        reason="年假一周，其间由钟晚棠补位。",
        by=users["am2"],
        at=now - 3 * WEEK,
    )


def rest(clients, now):
    """QL rests since week −3: no reports, no reminders."""
    services.set_client_status(
        client=clients["QL"],
        status=Client.Status.RESTING,
        reason="淡季，客户暂停全部投放",
        by=None,
        at=now - REST,
    )
