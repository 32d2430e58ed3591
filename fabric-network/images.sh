#!/bin/sh
# images.sh: assembles images with the official names out of programs of this machine, where the official ones cannot be pulled.
# Images that are here already are kept; `images.sh --remove` removes those that it made. Never push them.
# Needs Docker, a static busybox (BUSYBOX, /bin/busybox), node, and FABRIC_BIN: the folder with Fabric's and Fabric CA's static programs.
set -eu
fabric=2.5.16 authority=1.5.21 label=gridloom.origin=local-build
if [ "${1:-}" = --remove ]; then
  docker images --quiet --filter "label=$label" | sort -u | xargs -r docker rmi --force >/dev/null
  exit
fi
programs=${FABRIC_BIN:?name the folder with the programs of Fabric in FABRIC_BIN}
busybox=${BUSYBOX:-/bin/busybox}
[ -x "$busybox" ] || { echo "There is no $busybox: install busybox-static." >&2; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

is_here() { docker image inspect "$1" >/dev/null 2>&1; }

root() { # root NAME: a file system that holds nothing but a shell
  mkdir -p "$work/$1/bin" "$work/$1/etc" "$work/$1/tmp" "$work/$1/usr/local/bin"
  chmod 1777 "$work/$1/tmp"
  cp "$busybox" "$work/$1/bin/busybox"
  for applet in sh cat cp grep ls mkdir rm sleep; do ln -s busybox "$work/$1/bin/$applet"; done
  echo 'hosts: files dns' >"$work/$1/etc/nsswitch.conf"
  echo 'root:x:0:0:root:/root:/bin/sh' >"$work/$1/etc/passwd"
}

image() { # image NAME FOLDER PROGRAM...: an image of programs
  is_here "$1" && return
  tag=$1 folder=$2
  shift 2
  root "$folder"
  for program in "$@"; do cp -L "$program" "$work/$folder/usr/local/bin/"; done
  put "$tag" "$folder"
}

put() { # put NAME FOLDER: makes an image of a file system
  tar -C "$work/$2" -c . | docker import --change "LABEL $label" --change 'ENV PATH=/usr/local/bin:/bin' - "$1" >/dev/null
  echo "assembled $1"
}

image "hyperledger/fabric-peer:$fabric" peer "$programs/peer"
image "hyperledger/fabric-orderer:$fabric" orderer "$programs/orderer"
image "hyperledger/fabric-tools:$fabric" tools \
  "$programs/peer" "$programs/cryptogen" "$programs/configtxgen" "$programs/osnadmin"
if ! is_here "hyperledger/fabric-ca:$authority"; then
  server=$programs/fabric-ca-server
  if [ ! -x "$server" ]; then
    sums=$(dirname "$0")/ca/go.sum
    server=${XDG_CACHE_HOME:-$HOME/.cache}/gridloom/fabric-ca/$(sha256sum "$sums" | cut -c 1-16)/fabric-ca-server
    [ -x "$server" ] || "$(dirname "$0")/ca/build.sh" "$(dirname "$server")"
  fi
  image "hyperledger/fabric-ca:$authority" authority "$server"
fi

node=node:20-bookworm-slim
if ! is_here "$node"; then
  root node
  program=$(readlink -f "$(command -v node)")
  cp "$program" "$work/node/usr/local/bin/node"
  for library in $(ldd "$program" | grep -o '/[^ ]*'); do
    mkdir -p "$work/node$(dirname "$library")"
    cp -L "$library" "$work/node$library"
  done
  put "$node" node
fi
