from django.urls import path

from jobs.views import plan_templates
from jobs.views import timeline as views

urlpatterns = [
    path("<int:pk>/timeline/new/", views.TimelineCreate.as_view(), name="timeline_create"),
    path("timelines/<int:pk>/", views.TimelineDetail.as_view(), name="timeline_detail"),
    path("timelines/<int:pk>/edit/", views.TimelineUpdate.as_view(), name="timeline_update"),
    path("timelines/<int:pk>/publish/", views.TimelinePublish.as_view(), name="timeline_publish"),
    path("timelines/<int:pk>/seen/", views.TimelineSeen.as_view(), name="timeline_seen"),
    path("milestones/<int:pk>/", views.MilestoneTick.as_view(), name="milestone_tick"),
    path("templates/", plan_templates.TemplateList.as_view(), name="template_list"),
    path("templates/new/", plan_templates.TemplateCreate.as_view(), name="template_create"),
    path("templates/<int:pk>/", plan_templates.TemplateUpdate.as_view(), name="template_update"),
]
