from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("network.account_urls")),
    path("", include("network.urls")),
    path("beheer/", admin.site.urls),
]
