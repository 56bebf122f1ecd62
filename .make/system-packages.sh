#!/bin/sh
# Installs the Debian packages that the suite needs and that are missing, where it may.
set -eu

if ! command -v dpkg-query >/dev/null 2>&1; then
    exit 0 # not Debian or Ubuntu: the suite names what it misses
fi
missing=""
for package in $(sed 's/#.*//' "$1"); do
    state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$state" = "install ok installed" ] || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
    echo "Not installed here:$missing. Bring them with: sudo apt-get install$missing"
    exit 0
fi
echo "Installing with apt-get:$missing"
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get -qq update && apt-get -qq -y install --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 5 "$log"
    echo "apt-get could not install:$missing. The suite names what it leaves out without them."
fi
rm -f "$log"
