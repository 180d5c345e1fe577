from accounts.models.brand import Brand, Product
from accounts.models.client import AccountGroup, Client
from accounts.models.contact import Contact
from accounts.models.contract import Contract, FormerTerms
from accounts.models.house import AgencySettings
from accounts.models.link import ClientLink, LinkToken
from accounts.models.note import ContactNote
from accounts.models.team import Assignment, StandIn
from accounts.models.todo import Todo
from accounts.models.user import User

__all__ = [
    "AccountGroup",
    "AgencySettings",
    "Assignment",
    "Brand",
    "Client",
    "ClientLink",
    "Contact",
    "ContactNote",
    "Contract",
    "FormerTerms",
    "LinkToken",
    "Product",
    "StandIn",
    "Todo",
    "User",
]
