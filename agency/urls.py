"""Addresses. Each app has its own file; the roof has what belongs to no app."""

from django.urls import include, path

from agency import (
    breaches,
    desks,
    feeds,
    health,
    home,
    kit,
    links,
    logo,
    mailbox,
    notices,
    own_papers,
    people,
    pulse,
    quality,
    rooms,
)

urlpatterns = [
    path("healthz/", health.healthz, name="healthz"),
    path("clock/", pulse.ClockPage.as_view(), name="clock"),
    path("mail/", mailbox.Mailbox.as_view(), name="mailbox"),
    path("mail/<str:name>/", mailbox.MailboxMail.as_view(), name="mailbox_mail"),
    path("mail/<str:name>/<int:number>/", mailbox.MailboxFile.as_view(), name="mailbox_file"),
    path("", home.Home.as_view(), name="home"),
    path("count/", home.count, name="count"),
    path("day/<int:pk>/", home.PersonDay.as_view(), name="day"),
    path("notices/", notices.NoticeList.as_view(), name="notices"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("calendar/", feeds.FeedPage.as_view(), name="calendar_feed"),
    path("calendar/<str:token>.ics", feeds.feed, name="feed"),
    path("c/link/<int:pk>/", links.page, name="link_page"),
    path("c/link/<int:pk>/papers/", own_papers.page, name="link_papers"),
    path("c/link/<int:pk>/<slug:name>/", links.part, name="link_part"),
    path("c/<str:token>/", links.enter, name="link_enter"),
    path("people/<int:pk>/deactivate/", people.UserDeactivate.as_view(), name="user_deactivate"),
    path("settings/logo/", logo.LogoPage.as_view(), name="logo"),
    path("settings/logo/picture/", logo.LogoPicture.as_view(), name="logo_picture"),
    path("settings/logo/remove/", logo.LogoRemove.as_view(), name="logo_remove"),
    path("kit/", kit.KitPage.as_view(), name="kit"),
    path("kit/<slug:paper>/blank/", kit.KitBlank.as_view(), name="kit_blank"),
    path("kit/<slug:paper>/fill/", kit.KitFill.as_view(), name="kit_fill"),
    path("team/", desks.DesksPage.as_view(), name="desks"),
    path("breaches/", breaches.BreachesPage.as_view(), name="breaches"),
    path("quality/", quality.Quality.as_view(), name="quality"),
    path("settings/rooms/", rooms.RoomList.as_view(), name="room_list"),
    path("settings/rooms/<int:pk>/", rooms.RoomUpdate.as_view(), name="room_update"),
    path("", include("accounts.urls")),
    path("archives/", include("archives.urls")),
    path("jobs/", include("jobs.urls")),
    path("budgets/", include("budgets.urls")),
    path("meetings/", include("meetings.urls")),
]

handler400 = "agency.views.bad_request"
handler403 = "agency.views.forbidden"
handler404 = "agency.views.not_found"
handler500 = "agency.views.server_error"
