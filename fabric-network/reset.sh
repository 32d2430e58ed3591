#!/bin/sh
# Ends the network and removes all that it made: reset.sh [--state DIR]
exec node "$(dirname "$0")/../dist/fabric-network/main.js" reset "$@"
