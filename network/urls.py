from django.urls import path

from network.views import files, jobs, mail, system

app_name = "network"
urlpatterns = [
    path("healthz", system.healthz, name="healthz"),
    path("taak/<uuid:job_id>/", jobs.job, name="job"),
    path("taak/<uuid:job_id>/bestand/", jobs.job_result, name="job-result"),
    path("bestanden/<slug:purpose>/", files.upload, name="upload"),
    path("bestanden/stand/<uuid:file_id>/", files.file_state, name="file-state"),
    path(
        "beeld/<str:public_name>/<int:page>-<int:width>.<str:format>",
        files.picture,
        name="picture",
    ),
    path("uitschrijven/<str:token>/", mail.mail_preferences, name="mail-preferences"),
]
