from django.urls import path

from jobs.views import work as views

urlpatterns = [
    path("orders/", views.OrderList.as_view(), name="order_list"),
    path("<int:pk>/orders/new/", views.OrderCreate.as_view(), name="order_create"),
    path("orders/<int:pk>/", views.OrderDetail.as_view(), name="order_detail"),
    path("orders/<int:pk>/receive/", views.OrderReceive.as_view(), name="order_receive"),
    path("orders/<int:pk>/finish/", views.OrderFinish.as_view(), name="order_finish"),
    path("orders/<int:pk>/withdraw/", views.OrderWithdraw.as_view(), name="order_withdraw"),
    path("<int:pk>/costs/new/", views.CostCreate.as_view(), name="cost_create"),
    path("errors/", views.ErrorList.as_view(), name="error_list"),
    path("<int:pk>/errors/new/", views.ErrorCreate.as_view(), name="error_create"),
]
