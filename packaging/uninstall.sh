#!/bin/sh
# Take hri away again; the archive stays.
exec sh "$(dirname -- "$0")/install.sh" --uninstall
