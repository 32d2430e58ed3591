#!/bin/sh
# Ends the network and removes all that it made: reset.sh [--state DIR]
program=$(dirname "$0")/../dist/fabric-network/main.js
[ -f "$program" ] || { echo "gridloom is not built: run \`npm ci\`, or \`npm run build\`." >&2; exit 2; }
exec node "$program" reset "$@"
