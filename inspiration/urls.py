from django.urls import path

from inspiration.views import events, photos, presentations, public

app_name = "inspiration"

EVENT = "archief/<name:event>/"
KEPT = "coordinatie/archief/<name:event>/"

urlpatterns = [
    path("archief/", public.archive, name="archive"),
    path("archief/foto-weg/bedankt/", public.takedown_thanks, name="takedown-thanks"),
    path("archief/foto-weg/genoteerd/", public.takedown_noted, name="takedown-noted"),
    path(EVENT, public.event, name="event"),
    path(EVENT + "album/<name:album>/", public.album, name="album"),
    path(EVENT + "fotos/<name:photo>/", public.photo, name="photo"),
    path(EVENT + "fotos/<name:photo>/weghalen/", public.photo_takedown, name="photo-takedown"),
    path(EVENT + "presentaties/<name:presentation>/", public.presentation, name="presentation"),
    path(
        EVENT + "presentaties/<name:presentation>/bestand/",
        public.presentation_file,
        name="presentation-file",
    ),
    path("sprekers/<name:speaker>/", public.speaker, name="speaker"),
    # What the coordinator keeps
    path("coordinatie/archief/", events.coordination, name="coordination"),
    path("coordinatie/archief/nieuw/", events.event_add, name="event-add"),
    path(
        "coordinatie/archief/beeld/<opaque:public_name>/<number:page>-<number:width>.<picture:form>",
        events.draft_picture,
        name="draft-picture",
    ),
    path(KEPT, events.event_keep, name="event-keep"),
    path(KEPT + "gegevens/", events.event_edit, name="event-edit"),
    path(KEPT + "publiceer/", events.event_publish, name="event-publish"),
    path(KEPT + "programma/", events.programme, name="programme"),
    path(KEPT + "programma/<number:item>/weg/", events.item_remove, name="item-remove"),
    path(KEPT + "bestanden/", events.upload, name="upload"),
    path(KEPT + "bestanden/<uuid:file>/weg/", events.file_discard, name="file-discard"),
    path(KEPT + "bestanden/<uuid:file>/opnieuw/", events.file_retry, name="file-retry"),
    path(KEPT + "fotos/", photos.photos, name="photos"),
    path(KEPT + "fotos/invullen/", photos.photos_credit, name="photos-credit"),
    path(KEPT + "fotos/publiceer/", photos.photos_publish, name="photos-publish"),
    path(KEPT + "fotos/volgorde/", photos.photos_order, name="photos-order"),
    path(KEPT + "fotos/<name:photo>/van-de-site/", photos.photo_withdraw, name="photo-withdraw"),
    path(KEPT + "fotos/<name:photo>/op-de-site/", photos.photo_restore, name="photo-restore"),
    path(KEPT + "verzoeken/<name:photo>/", photos.takedown, name="takedown"),
    path(
        KEPT + "presentaties/<name:presentation>/",
        presentations.presentation_edit,
        name="presentation-edit",
    ),
    path(
        KEPT + "presentaties/<name:presentation>/getekend/",
        presentations.presentation_drawn,
        name="presentation-drawn",
    ),
    path(
        KEPT + "presentaties/<name:presentation>/publiceer/",
        presentations.presentation_publish,
        name="presentation-publish",
    ),
    path(
        KEPT + "presentaties/<name:presentation>/van-de-site/",
        presentations.presentation_withdraw,
        name="presentation-withdraw",
    ),
]
