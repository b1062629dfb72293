#!/bin/sh
# Maakt bij de eerste start de rol van de site, die niets mag dan wat `noaber setup` haar geeft.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 \
    --set wachtwoord="$(cat /run/secrets/site)" <<'SQL'
CREATE ROLE noaber LOGIN PASSWORD :'wachtwoord';
SQL
