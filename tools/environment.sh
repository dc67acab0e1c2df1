#!/bin/sh
# Makes the virtual environment from a lock. usage: environment.sh PYTHON FOLDER LOCK
set -eu
python=$1 folder=$2 lock=$3

say() { printf '%s\n' "$*"; }
stop() { say "$*" >&2; exit 2; }

command -v "$python" >/dev/null 2>&1 ||
    stop "Engage needs Python 3.11 or later, and none was found. Install it, or say where it is: make PYTHON=/path/to/python3.11"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "Engage needs Python 3.11 or later. $("$python" --version) was found: make PYTHON=/path/to/python3.11"

if ! [ -x "$folder/bin/python" ]; then
    say "Making the environment in $folder"
    "$python" -m venv "$folder" ||
        stop "Python could not make a virtual environment. On Debian or Ubuntu: apt install python3-venv"
fi

pip() { "$folder/bin/python" -m pip --quiet --disable-pip-version-check "$@"; }
# The lock is the complete list, and leaves out what Engage does not use (decision 0002).
locked="--no-deps --require-hashes -r $lock"
# uv does the same as pip in a quarter of the time, and is needed only here.
with_uv() {
    pip install --no-deps --require-hashes -r tools/uv.lock &&
        "$folder/bin/uv" pip install --quiet --python "$folder/bin/python" $locked
}
# --no-compile: Python compiles what is used, which is a quarter of it
with_pip() { pip install --no-compile $locked; }

say "Installing the packages of $lock (the first time takes a minute or two)"
with_uv || { say "uv could not install them, so pip does it"; with_pip; } ||
    stop "The packages could not be installed. The first time needs the package registry: check the network and try again."
pip uninstall --yes uv 2>/dev/null || true
pip install --no-deps --no-build-isolation --editable . ||
    stop "Engage itself could not be installed into $folder. Remove the folder and try again."
