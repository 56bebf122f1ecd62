from django.contrib import admin
from django.urls import include, path

from buurtpunt import views
from buurtpunt.pages import PAGES

urlpatterns = [
    path("", views.home, name="home"),
    path("lerend-netwerk/", views.programme, name="programme"),
    *(path(page.path, views.page, {"name": page.name}, name=page.name) for page in PAGES),
    path("nieuws/", views.news, name="news"),
    path("nieuws/<slug:slug>/", views.news_item, name="news-item"),
    path("dorpen/", views.villages, name="villages"),
    path("dorpen/<slug:edition>/<slug:slug>/", views.village, name="village"),
    path("mijn/", views.start, name="start"),
    path("zoeken/", views.search, name="search"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("", include("network.account_urls")),
    path("", include("network.urls")),
    path("", include("actionplans.urls")),
    path("", include("sessions.urls")),
    path("", include("inspiration.urls")),
    path("beheer/", admin.site.urls),
]
