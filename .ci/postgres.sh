#!/bin/sh
# Runs a command with DATABASE_URL pointing at a throw-away PostgreSQL:  .ci/postgres.sh COMMAND [ARGUMENT…]
# The cluster lives in a temporary folder, listens on a free port of this machine and is gone afterwards.
# For tests it lives in memory and syncs nothing; DURABLE=1 makes it write as a factory's would, for measuring.
set -eu

initdb=$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
bin=$(dirname "$(readlink -f "$initdb")")
[ -x "$bin/initdb" ] || { echo "PostgreSQL is missing: install postgresql." >&2; exit 1; }

if [ -z "${DURABLE:-}" ] && [ -w /dev/shm ]; then home=/dev/shm; else home=${TMPDIR:-/tmp}; fi
folder=$(mktemp -d -p "$home")
as_owner() { "$@"; }
if [ "$(id -u)" = 0 ]; then  # the server refuses to run as root
    chown postgres "$folder"
    as_owner() { runuser -u postgres -- "$@"; }
fi
postgres() { (cd "$folder" && as_owner "$bin/pg_ctl" -D "$folder/data" -s "$@"); }
trap 'postgres stop -m immediate 2>/dev/null || true; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

(cd "$folder" && as_owner "$bin/initdb" -D data -U zhunjiao -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >>"$folder/data/postgresql.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$folder'
max_connections = 200
shared_buffers = 256MB
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
jit = off
timezone = 'UTC'
SETTINGS
[ -n "${DURABLE:-}" ] || printf 'fsync = off\nfull_page_writes = off\n' >>"$folder/data/postgresql.conf"
postgres start -w -l "$folder/log"
(cd "$folder" && as_owner "$bin/createdb" -h "$folder" -p "$port" -U zhunjiao zhunjiao)

DATABASE_URL="postgresql://zhunjiao@127.0.0.1:$port/zhunjiao" "$@"
