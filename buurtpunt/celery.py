import os

from celery import Celery
from celery.signals import worker_process_init, worker_shutting_down

from buurtpunt import broker  # noqa: F401  the name "folder" of a broker's address
from network import stopping

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtpunt.settings")

app = Celery("buurtpunt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The only way by which Celery says that it was told to stop while a task is running.
worker_shutting_down.connect(stopping.ask)
worker_process_init.connect(stopping.listen_in_pool)
