#!/bin/sh
# Makes both locks again from pyproject.toml: complete closures with hashes, no index addresses.
# Needs uv (pip install uv). Release-time only: a normal set-up reads the locks.
set -eu
cd "$(dirname "$0")/.."
options="--python-version 3.11 --universal --generate-hashes --no-header --no-annotate --no-emit-index-url"
# shellcheck disable=SC2086
uv pip compile pyproject.toml --group build $options --quiet -o requirements.lock
# shellcheck disable=SC2086
uv pip compile pyproject.toml --group build --group dev -c requirements.lock $options --quiet -o requirements-dev.lock
{
    echo "# The installer that tools/environment.sh uses where it can. Made by tools/lock.sh."
    echo "uv==$(uv --version | cut -d' ' -f2)" | uv pip compile - --generate-hashes --no-header --no-annotate --quiet
} > tools/uv.lock
