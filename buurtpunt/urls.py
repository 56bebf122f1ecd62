from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from buurtpunt.pages import PAGES
from buurtpunt.views import coordination, demo, news, site, well_known

handler500 = "buurtpunt.views.errors.trouble"

urlpatterns = [
    path("", site.home, name="home"),
    path("lerend-netwerk/", site.programme, name="programme"),
    *(path(page.path, site.page, {"name": page.name}, name=page.name) for page in PAGES),
    path("nieuws/", site.news, name="news"),
    path("nieuws/<name:slug>/", site.news_item, name="news-item"),
    path("dorpen/", site.villages, name="villages"),
    path("dorpen/<name:edition>/<name:slug>/", site.village, name="village"),
    path("coordinatie/nieuws/", news.news_keep, name="news-keep"),
    path("coordinatie/nieuws/nieuw/", news.news_add, name="news-add"),
    path("coordinatie/nieuws/<name:slug>/", news.news_edit, name="news-edit"),
    path("coordinatie/nieuws/<name:slug>/weg/", news.news_withdraw, name="news-withdraw"),
    path("coordinatie/nieuws/<name:slug>/terug/", news.news_restore, name="news-restore"),
    path("coordinatie/", coordination.choose, name="coordinations"),
    path("mijn/", site.start, name="start"),
    path("zoeken/", site.search, name="search"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("robots.txt", site.robots, name="robots"),
    path(".well-known/security.txt", well_known.security_txt, name="security-txt"),
    path(".well-known/change-password", well_known.change_password, name="change-password"),
    path("sitemap.xml", site.sitemap, name="sitemap"),
    path("", include("inspiration.urls")),
    path("", include("network.account_urls")),
    path("", include("network.urls")),
    path("", include("actionplans.urls")),
    path("", include("sessions.urls")),
    # After the rooms that have a name of their own below coordinatie/.
    path("coordinatie/<name:edition>/", coordination.coordination, name="coordination"),
    path("beheer/", admin.site.urls),
]
if settings.DEMO:
    # Nothing of the demo can be reached anywhere else; production refuses to start with it.
    urlpatterns += [
        path("demo/", demo.demo, name="demo"),
        path("demo/aanmelden/", demo.demo_sign_in, name="demo-sign-in"),
        path("demo/klok/", demo.demo_clock, name="demo-clock"),
        path("demo/post/<name:letter>/", demo.demo_letter, name="demo-letter"),
        path("demo/post/<name:letter>/html/", demo.demo_letter_html, name="demo-letter-html"),
    ]
