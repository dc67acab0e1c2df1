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

# --no-compile: Python compiles what is used, which is a quarter of it
say "Installing the packages of $lock (the first time takes a minute or two)"
# --no-deps: the lock is the complete list, and leaves out what Engage does not use (decision 0002)
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r "$lock" ||
    stop "The packages could not be installed. The first time needs the package registry: check the network and try again."
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . ||
    stop "Engage itself could not be installed into $folder. Remove the folder and try again."
