"""The web process: `gunicorn agency.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from agency.environment import load_settings

# Settings give the web process a connection pool and a time limit for statements.
os.environ.setdefault("PROCESS", "web")
load_settings()

application = get_wsgi_application()
