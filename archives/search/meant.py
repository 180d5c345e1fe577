"""Nothing found: what may have been meant (9.3)."""

from accounts.models import Brand, Client


def meant(question, user, at):
    """The question with a client's code or a brand put right, '' where nothing is near."""
    names = _names(user, at)
    words = question.text.split()
    for place, word in enumerate(words):
        if near := next((name for name in names if is_near(word.lower(), name.lower())), None):
            return " ".join([*words[:place], near, *words[place + 1 :]])
    return ""


def _names(user, at):
    clients = Client.objects.visible_to(user, at)
    found = []
    for row in clients.values_list("code", "name", "name_en"):
        found += row
    found += Brand.objects.filter(client__in=clients).values_list("name", flat=True)
    return [name for name in dict.fromkeys(found) if name]


def is_near(one, other):
    """One letter more, less, another, or two neighbours changed about."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 2:
        return False
    start = next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1), None
    )
    if start is None:
        return True
    rest, others = one[start:], other[start:]
    is_turned = rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return is_turned or rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
