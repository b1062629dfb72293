# Read by the other scripts: a virtual environment with exactly what the lock files name.
# `prepare run` or `prepare dev` makes or mends it; $python is its interpreter.

cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE=noaber.config.settings
venv=.venv
python=$venv/bin/python

say() {
    printf '%s\n' "$*" >&2
}

# The first Python that fits; NOABER_PYTHON names one.
find_python() {
    for candidate in ${NOABER_PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    say 'Noaber heeft Python 3.11, 3.12 of 3.13 nodig. Op Debian 12: apt-get install python3 python3-venv'
    return 1
}

make_venv() {
    base=$(find_python)
    if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
        say 'Python kan hier geen virtuele omgeving maken. Op Debian: apt-get install python3-venv'
        return 1
    fi
    rm -rf $venv
    "$base" -m venv $venv
}

# Quiet when all is well; everything pip said when not.
install() {
    if ! said=$("$python" -m pip install --quiet --disable-pip-version-check "$@" 2>&1); then
        say "$said"
        say 'De pakketten konden niet worden geinstalleerd; zie hierboven.'
        return 1
    fi
}

# What an environment must be made from: the locks, and how the project says it is installed.
key() {
    { cat requirements/build.txt "requirements/$1.txt" && sed -n '/^\[project\]/,/^\[tool/p' pyproject.toml; } | cksum
}

prepare() {
    # A checkout that was moved, or a Python that went away, leaves an environment that does not start.
    if [ "$(cat $venv/made-at 2>/dev/null)" != "$PWD" ] || ! "$python" -c '' 2>/dev/null; then
        make_venv
        printf '%s\n' "$PWD" >$venv/made-at
    fi
    # What is installed for development serves to run as well.
    if [ "$(cat $venv/installed-dev 2>/dev/null)" != "$(key dev)" ] &&
        [ "$(cat "$venv/installed-$1" 2>/dev/null)" != "$(key "$1")" ]; then
        say 'De pakketten worden geinstalleerd (eenmalig, ongeveer een minuut)...'
        install --require-hashes --requirement requirements/build.txt
        install --require-hashes --no-build-isolation --requirement "requirements/$1.txt"
        install --no-build-isolation --no-deps --editable .
        rm -f $venv/installed-*
        key "$1" >"$venv/installed-$1"
    fi
    # Else it is compiled anew at each start, by whoever may not write here.
    "$python" -m compileall -q src
    "$python" frontend/build.py
}
