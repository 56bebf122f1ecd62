from django.urls import path

from actionplans.views import plans

app_name = "actionplans"
urlpatterns = [
    path("plan/<slug:edition>/<slug:village>/<slug:section>/", plans.section, name="section"),
]
