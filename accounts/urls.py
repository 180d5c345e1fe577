"""Addresses of people, clients and rights."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts.views import client, house, notes, parts, people, sign_in, team

app_name = "accounts"

urlpatterns = [
    path("login/", sign_in.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("language/", sign_in.switch_language, name="language"),
    path("password/", sign_in.PasswordChange.as_view(), name="password_change"),
    path("clients/", client.ClientList.as_view(), name="client_list"),
    path("clients/new/", client.ClientCreate.as_view(), name="client_create"),
    path("clients/<int:client>/", client.ClientPage.as_view(), name="client_detail"),
    path("clients/<int:pk>/edit/", client.ClientUpdate.as_view(), name="client_update"),
    path(
        "clients/<int:pk>/take-up/",
        client.ClientStatus.as_view(status="active"),
        name="client_take_up",
    ),
    path(
        "clients/<int:pk>/rest/", client.ClientStatus.as_view(status="resting"), name="client_rest"
    ),
    path(
        "clients/<int:pk>/close/", client.ClientStatus.as_view(status="closed"), name="client_close"
    ),
    path("clients/<int:client>/trail/", client.ClientAudit.as_view(), name="client_audit"),
    path("clients/<int:client>/brands/new/", parts.BrandCreate.as_view(), name="brand_create"),
    path("clients/brands/<int:pk>/edit/", parts.BrandUpdate.as_view(), name="brand_update"),
    path("clients/brands/<int:pk>/archive/", parts.BrandArchive.as_view(), name="brand_archive"),
    path("clients/brands/<int:pk>/take-up/", parts.BrandRestore.as_view(), name="brand_take_up"),
    path(
        "clients/brands/<int:pk>/products/new/",
        parts.ProductCreate.as_view(),
        name="product_create",
    ),
    path("clients/products/<int:pk>/edit/", parts.ProductUpdate.as_view(), name="product_update"),
    path(
        "clients/<int:client>/contacts/new/", parts.ContactCreate.as_view(), name="contact_create"
    ),
    path("clients/contacts/<int:pk>/", notes.ContactPage.as_view(), name="contact_detail"),
    path("clients/contacts/<int:pk>/notes/", notes.NoteCreate.as_view(), name="note_create"),
    path("clients/contacts/notes/<int:pk>/", notes.NoteUpdate.as_view(), name="note_update"),
    path("clients/contacts/<int:pk>/edit/", parts.ContactUpdate.as_view(), name="contact_update"),
    path(
        "clients/contacts/<int:pk>/deactivate/",
        parts.ContactDeactivate.as_view(),
        name="contact_deactivate",
    ),
    path(
        "clients/contacts/<int:pk>/reactivate/",
        parts.ContactReactivate.as_view(),
        name="contact_reactivate",
    ),
    path(
        "clients/<int:client>/contracts/new/",
        parts.ContractCreate.as_view(),
        name="contract_create",
    ),
    path(
        "clients/contracts/<int:pk>/edit/", parts.ContractUpdate.as_view(), name="contract_update"
    ),
    path(
        "clients/contracts/<int:pk>/archive/",
        parts.ContractArchive.as_view(),
        name="contract_archive",
    ),
    path(
        "clients/<int:client>/team/new/", team.AssignmentCreate.as_view(), name="assignment_create"
    ),
    path("clients/team/<int:pk>/end/", team.AssignmentEnd.as_view(), name="assignment_end"),
    path("clients/team/<int:pk>/lead/", team.AssignmentLead.as_view(), name="assignment_lead"),
    path("people/stand-ins/", team.StandInList.as_view(), name="stand_in_list"),
    path("people/stand-ins/new/", team.StandInCreate.as_view(), name="stand_in_create"),
    path("people/stand-ins/<int:pk>/end/", team.StandInEnd.as_view(), name="stand_in_end"),
    path("people/", people.UserList.as_view(), name="user_list"),
    path("people/new/", people.UserCreate.as_view(), name="user_create"),
    path("people/<int:pk>/", people.UserPage.as_view(), name="user_detail"),
    path("people/<int:pk>/edit/", people.UserUpdate.as_view(), name="user_update"),
    path("people/<int:pk>/password/", people.UserPassword.as_view(), name="user_password"),
    path("people/<int:pk>/reactivate/", people.UserReactivate.as_view(), name="user_reactivate"),
    path("todos/", team.TodoList.as_view(), name="todo_list"),
    path("todos/new/", team.TodoCreate.as_view(), name="todo_create"),
    path("todos/<int:pk>/", team.TodoUpdate.as_view(), name="todo_update"),
    path("todos/<int:pk>/done/", team.todo_done, name="todo_done"),
    path("todos/<int:pk>/reopen/", team.todo_reopen, name="todo_reopen"),
    path("settings/", house.SettingsPage.as_view(), name="settings"),
    path("settings/calendar/", house.CalendarDays.as_view(), name="calendar_days"),
    path("settings/calendar/new/", house.CalendarDayCreate.as_view(), name="calendar_day_create"),
    path(
        "settings/calendar/<int:pk>/remove/",
        house.CalendarDayRemove.as_view(),
        name="calendar_day_remove",
    ),
    path("settings/groups/", house.GroupList.as_view(), name="group_list"),
    path("settings/groups/new/", house.GroupCreate.as_view(), name="group_create"),
    path("settings/groups/<int:pk>/edit/", house.GroupUpdate.as_view(), name="group_update"),
    path("settings/trail/", house.TrailTitles.as_view(), name="trail"),
]
