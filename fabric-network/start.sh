#!/bin/sh
# Brings the network up: start.sh [--mode auto|docker|native] [--profile dev|ha] [--state DIR]
exec node "$(dirname "$0")/../dist/fabric-network/main.js" start "$@"
