#!/bin/sh
# Install hri from this folder, without a network. `uninstall.sh` takes it away again.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

for python in "${HRI_PYTHON:-}" "$here/python/bin/python3" \
    python3 python3.14 python3.13 python3.12 python3.11; do
    if [ -n "$python" ] && fits "$python"; then
        exec "$python" "$here/setup/install.py" "$@"
    fi
done
cat "$here/setup/no-python.txt" >&2
exit 1
