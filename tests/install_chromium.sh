#!/bin/sh
# Puts Chromium there for the browser tests, from Debian packages. Says in one line when it cannot.
command -v chromium >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1; then
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo -n"
    if { $as_root apt-get -qq update && $as_root apt-get -qq install -y --no-install-recommends chromium; } >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "Chromium is not here and cannot be installed: the browser tests are NOT run."
