#!/usr/bin/env bash
# Installs or updates Yiqi on an existing Payara 6 Server, or removes it. Safe to repeat.
#   install.sh PAYARA_HOME YIQI_EAR SETTINGS        SETTINGS: see yiqi.settings.example beside this file
#   install.sh --remove PAYARA_HOME
# Secrets (keys ending in .password or -key) become password aliases, so that none stands in domain.xml.
set -euo pipefail

fail() { echo "install.sh: $*" >&2; exit 1; }

remove=false
if [[ ${1:-} == --remove ]]; then
    remove=true
    shift
fi
payara=${1:?usage: install.sh PAYARA_HOME YIQI_EAR SETTINGS}
asadmin=$payara/bin/asadmin
[[ -x $asadmin ]] || fail "$asadmin is not there: give the folder that holds bin/asadmin"
port=${YIQI_ADMIN_PORT:-4848}

run() { "$asadmin" --interactive=false --port "$port" "$@"; }

run list-domains >/dev/null
run version >/dev/null 2>&1 || fail "the domain is not running: start it with $asadmin start-domain"

if $remove; then
    run undeploy yiqi
    exit 0
fi

ear=${2:?usage: install.sh PAYARA_HOME YIQI_EAR SETTINGS}
settings=${3:?usage: install.sh PAYARA_HOME YIQI_EAR SETTINGS}
[[ -r $ear ]] || fail "$ear cannot be read"
[[ -r $settings ]] || fail "$settings cannot be read"

secret=$(mktemp)
trap 'rm -f "$secret"' EXIT
chmod 600 "$secret"
aliases=$(run list-password-aliases)

while IFS='=' read -r key value; do
    [[ -z $key || $key == \#* ]] && continue
    if [[ $key == *.password || $key == *-key ]]; then
        printf 'AS_ADMIN_ALIASPASSWORD=%s\n' "$value" >"$secret"
        verb=create-password-alias
        grep -qx -- "$key" <<<"$aliases" && verb=update-password-alias
        run --passwordfile "$secret" "$verb" "$key" >/dev/null
    else
        run set-config-property --source=domain "--propertyName=$key" "--propertyValue=$value" >/dev/null
    fi
    echo "set $key"
done <"$settings"

# The default of five request threads is too few; the application's own pool has 24 connections.
run set server.thread-pools.thread-pool.http-thread-pool.max-thread-pool-size=64 \
    configs.config.server-config.network-config.protocols.protocol.http-listener-1.http.server-header=false \
    configs.config.server-config.network-config.protocols.protocol.http-listener-1.http.xpowered-by=false \
    configs.config.server-config.network-config.protocols.protocol.http-listener-2.http.server-header=false \
    configs.config.server-config.network-config.protocols.protocol.http-listener-2.http.xpowered-by=false >/dev/null
echo "set request threads and headers"

# A forced deployment while the domain still loads applications fails and undeploys, so look first.
if run list-applications | grep -q '^yiqi '; then
    run undeploy yiqi
fi
run deploy --name yiqi "$ear"
