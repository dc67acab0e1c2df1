#!/bin/sh
# What `make test` leaves out: the real models, the browser, and PostgreSQL.
# TEST_DATABASE_URL names a PostgreSQL to use; without it one is started here and taken away again.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

$python -c 'import sys; from tools.chromium import CHROMIUM; sys.exit(not CHROMIUM)' || {
    echo "The browser tests need Chromium. On Debian: apt install chromium-headless-shell, or chromium" >&2
    exit 2
}

echo "The real models, and the browser"
$python -m pytest -m "slow or browser" -n auto

if [ -z "${TEST_DATABASE_URL:-}" ]; then
    . tools/postgres.sh
fi
export TEST_DATABASE_URL
echo "The suite again, on PostgreSQL"
$python -m pytest -n auto
