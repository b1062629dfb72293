# One image, not root: a web process on the database that NOABER_DATABASE names, else SQLite in the volume.
# NOABER_SECRET_KEY and NOABER_HOSTS come from outside; `noaber setup` runs first at every start.
FROM python:3.13-slim AS build
WORKDIR /noaber
COPY requirements requirements
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements/build.txt \
    && .venv/bin/pip install --no-cache-dir --require-hashes --no-build-isolation --requirement requirements/run.txt
COPY . .
RUN .venv/bin/pip install --no-cache-dir --no-build-isolation --no-deps --editable . \
    && cp -r .venv /tmp/with-node \
    && NOABER_FRONTEND=/noaber/built /tmp/with-node/bin/python frontend/build.py

FROM python:3.13-slim
WORKDIR /noaber
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
CMD ["sh", "-c", "noaber setup && exec gunicorn --config python:noaber.config.server"]
