# One image, not root: a web process on the database that NOABER_DATABASE names, else SQLite in the volume.
# NOABER_SECRET_KEY and NOABER_HOSTS come from outside. Started as it is, `noaber setup` runs first; where the web has a
# role of its own on PostgreSQL, setup runs apart as the owner of the tables: deploy/containers.
FROM python:3.13-slim AS build
WORKDIR /noaber
COPY requirements requirements
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements/build.txt \
    && .venv/bin/pip install --no-cache-dir --require-hashes --no-build-isolation --requirement requirements/run.txt
COPY . .
RUN .venv/bin/pip install --no-cache-dir --no-build-isolation --no-deps --editable . \
    && .venv/bin/python -m compileall -q src \
    && cp -r .venv /tmp/with-node \
    && NOABER_FRONTEND=/noaber/built /tmp/with-node/bin/python frontend/build.py

FROM python:3.13-slim
WORKDIR /noaber
# pg_dump and pg_restore, for `noaber backup` and `noaber restore` on PostgreSQL.
RUN apt-get update -qq && apt-get install -qq --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /noaber/var noaber && install -d -o noaber /noaber/var
COPY --from=build /noaber /noaber
ENV PATH=/noaber/.venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=noaber.config.settings \
    NOABER_VAR=/noaber/var \
    NOABER_FRONTEND=/noaber/built \
    NOABER_BIND=0.0.0.0:8000
USER noaber
VOLUME /noaber/var
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import os, http.client as h; c = h.HTTPConnection('127.0.0.1', 8000, timeout=5); c.request('GET', '/gezond', headers={'Host': os.environ.get('NOABER_HOSTS', 'localhost').split(',')[0]}); raise SystemExit(c.getresponse().status != 200)"]
CMD ["sh", "-c", "noaber setup && exec gunicorn --config python:noaber.config.server"]
