#!/bin/sh
# Installs the Debian packages that are missing, in one apt call that is printed first.
# On other systems the package names are printed and nothing is done.
# usage: deps.sh [GOAL...]: with a goal that tests or measures, the packages for that come too.
set -eu
packages='gcc make pkg-config libc6-dev libxml2-dev libxlsxwriter-dev libarchive-dev libzip-dev
libssl-dev libisal-dev libzstd-dev libical-dev libpcre2-dev libutf8proc-dev tzdata'
for goal; do
    case $goal in
    check | test | test-slow | lint | sanitize | golden)
        packages="$packages python3 libcmocka-dev zlib1g-dev clang libclang-rt-14-dev mandoc libxml2-utils
            python3-jsonschema python3-openpyxl gnumeric sqlite3 valgrind gzip zstd xz-utils bzip2
            libreoffice-calc poppler-utils locales chromium zsh fish" ;;
    esac
    case $goal in
    test-slow)
        packages="$packages parallel openssh-server openssh-client slurmctld slurmd slurm-client
            munge" ;;
    bench) packages="$packages python3 sqlite3 miller libxml2-dev libyajl-dev ripgrep libjsmn-dev
            libcjson-dev libjansson-dev libjson-c-dev libfastjson-dev libjsonparser-dev liblaxjson-dev
            libsimdjson-dev g++ gzip zstd zlib1g-dev" ;;
    esac
done
if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    echo "not a Debian system; please install these packages (Debian names) and run make again:" >&2
    # shellcheck disable=SC2086
    echo $packages >&2
    exit 1
fi
missing=
for package in $packages; do
    case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
    *'install ok installed') ;;
    *) case " $missing " in *" $package "*) ;; *) missing="$missing $package" ;; esac ;;
    esac
done
[ -n "$missing" ] || exit 0
sudo=
[ "$(id -u)" -eq 0 ] || sudo='sudo '
echo "${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends$missing"
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq update
# shellcheck disable=SC2086
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing >/dev/null
