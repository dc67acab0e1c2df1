# Starts a PostgreSQL of its own for the tests and names it in TEST_DATABASE_URL. To be sourced.
# It listens on a socket in a temporary folder only, and is gone when the script that sourced it ends.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")
[ -x "$bin/initdb" ] || {
    echo "The tests on PostgreSQL need its server. On Debian: apt install postgresql" >&2
    exit 2
}
cluster=$(mktemp -d)
# PostgreSQL refuses to run as root, so root lends it to the postgres user.
if [ "$(id -u)" = 0 ]; then
    chown postgres "$cluster"
    as_owner() { su postgres -s /bin/sh -c "$*"; }
else
    as_owner() { sh -c "$*"; }
fi
stop_postgres() {
    as_owner "'$bin/pg_ctl' -D '$cluster/data' -m immediate stop" >/dev/null 2>&1 || true
    rm -rf "$cluster"
}
trap stop_postgres EXIT INT TERM
as_owner "'$bin/initdb' -D '$cluster/data' -U engage --auth=trust --encoding=UTF8 --locale=C.UTF-8" >/dev/null
as_owner "'$bin/pg_ctl' -D '$cluster/data' -w -o \"-k '$cluster' -c listen_addresses='' -c fsync=off -c full_page_writes=off -c jit=off -c autovacuum=off -c shared_buffers=256MB\" -l '$cluster/log' start" >/dev/null
TEST_DATABASE_URL="postgresql+psycopg://engage@/postgres?host=$cluster"
