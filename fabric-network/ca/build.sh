#!/bin/sh
# build.sh FOLDER: Fabric CA, server and client, into FOLDER. Needs Go and a C compiler, since the server keeps its registry in SQLite;
# without cgo it would start with a stub that answers nothing. Linked statically it runs in an image that holds nothing else.
set -eu
cd "$(dirname "$0")"
folder=${1:?the folder for the programs}
mkdir -p "$folder"
export GOFLAGS='-mod=readonly -buildvcs=false -trimpath'
build() { # build NAME FLAGS...: moved into place when whole, so that a killed build leaves nothing that looks done
  name=$1
  shift
  go build "$@" -o "$folder/$name.part" "github.com/hyperledger/fabric-ca/cmd/$name"
  mv "$folder/$name.part" "$folder/$name"
}
CGO_ENABLED=0 build fabric-ca-client -ldflags '-s -w'
if [ "$(uname)" = Linux ]; then static='-linkmode external -extldflags -static'; else static=''; fi
CGO_ENABLED=1 build fabric-ca-server -tags netgo,osusergo,sqlite_omit_load_extension -ldflags "-s -w $static"
