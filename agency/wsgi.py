"""The web process: `gunicorn agency.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")
# Settings give the web process a connection pool and a time limit for statements.
os.environ.setdefault("PROCESS", "web")

application = get_wsgi_application()
