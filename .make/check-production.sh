#!/bin/sh
# Django's deployment checks and our own, on settings as production has them.
export BUURTPUNT_PRODUCTION=1
export DJANGO_SECRET_KEY=a-throw-away-key-for-this-check-alone-Zk3vQ8xWm5Tn2Rb7Yc9Lp4Hd6Js
export DJANGO_ALLOWED_HOSTS=buurtpunt.example
export SITE_URL=https://buurtpunt.example
export MAIL_DOMAIN=buurtpunt.test
export EMAIL_HOST=mail.buurtpunt.test
export DATABASE_URL=postgres://check@localhost/check
export REDIS_URL=redis://localhost:6379/0
exec .venv/bin/python manage.py check --deploy --fail-level WARNING
