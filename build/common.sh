# Sourced by the scripts of this folder: where things are, what must be installed, how the products are built.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
artifacts=$repository/artifacts
cli=$artifacts/bin/FastNqe.Cli/release/FastNqe.Cli.dll

# Debian and Ubuntu names.
product_packages=(libarpack2-dev libopenblas0-pthread)
native_packages=(cmake g++ gfortran pkg-config zlib1g-dev)
peer_packages=(
    "${native_packages[@]}"
    libsuitesparse-dev
    lammps liblammps-dev python3-lammps
    slurm-wlm munge
    python3-numpy python3-scipy python3-ase python3-matplotlib
    python3-pip python3-setuptools python3-wheel
    qemu-user valgrind
)

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }

die() { say "$*"; exit 2; }

# The comment at the head of the script that was called.
usage() { sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"; }

# no_such_option OPTION
no_such_option() {
    say "no option $1"
    usage >&2
    exit 2
}

have_package() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

have_library() { [[ $(ldconfig -p 2>/dev/null) == *"$1"* ]]; }

# Whether the BLAS that programs get is OpenBLAS built without threads, in which solves at once have to take turns.
sequential_blas() {
    local path
    path=$(ldconfig -p 2>/dev/null | sed -n '/libblas\.so\.3 /{s/.*=> //p;q}')
    [[ $(readlink -f "$path" 2>/dev/null) == */openblas-serial/* ]]
}

# install_packages WHY PACKAGE...: installs those that are missing. Returns 1, having said what to do, where it cannot.
install_packages() {
    local why=$1 package
    local missing=()
    shift
    for package; do
        have_package "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    if ! command -v apt-get >/dev/null; then
        say "missing, $why: ${missing[*]} (Debian names); install them with this system's package manager"
        return 1
    fi
    if [[ $(id -u) != 0 ]]; then
        say "missing, $why: ${missing[*]}; install with: sudo apt-get install ${missing[*]}"
        return 1
    fi
    say "installing, $why: ${missing[*]}"
    if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >&2; then
        say "installing failed; try: apt-get update && apt-get install ${missing[*]}"
        return 1
    fi
}

# The .NET SDK, ARPACK-NG and a fast BLAS. ARPACK-NG is needed only for eigenpairs, so its absence is said and not fatal.
install_product() {
    if ! command -v dotnet >/dev/null; then
        install_packages "to build" dotnet-sdk-10.0 || true
        command -v dotnet >/dev/null || die "the .NET 10 SDK is needed and not found; see https://dotnet.microsoft.com/download/dotnet/10.0"
    fi
    [[ -z ${FASTNQE_ARPACK:-} ]] || return 0
    if ! have_library libarpack.so.2 || ! have_library libopenblas || sequential_blas; then
        install_packages "for eigenpairs" "${product_packages[@]}" || say "going on without; what needs eigenpairs will say so"
    fi
}

# build_cli: builds the command line unless nothing has changed since the last time.
build_cli() { build_when_needed "$cli" compile_cli "$repository/src"; }

compile_cli() {
    say "building ..."
    dotnet build "$repository/src/FastNqe.Cli/FastNqe.Cli.csproj" -c Release --nologo -v quiet -clp:NoSummary >&2 || die "the build failed"
}

# build_when_needed PRODUCT COMMAND FOLDER...: runs the command, which makes the product, unless that is there and newer than everything in
# the folders of sources. One build at a time, because builds share their intermediate files.
build_when_needed() {
    local product=$1 command=$2
    local stamp=$product.stamp
    shift 2
    mkdir -p "$(dirname "$product")"
    (
        if ! flock -n 9; then
            say "waiting for another build ..."
            flock 9
        fi
        if [[ -e $product && -f $stamp && -z $(newer_sources "$stamp" "$@") ]]; then
            exit 0
        fi
        # What a build that fails leaves behind is no product.
        rm -f "$stamp"
        # The time at which the build begins: a file saved while it runs is newer, and is built next time.
        touch "$stamp.begun"
        # Without the lock: the compiler's servers outlive a build, and would hold it for as long as they live.
        "$command" 9>&-
        mv "$stamp.begun" "$stamp"
    ) 9>"$artifacts/build.lock"
}

# newer_sources STAMP FOLDER...: folders count too, because one is newer when a file in it was deleted.
newer_sources() {
    find "${@:2}" "$repository"/Directory.*.props "$repository/global.json" "$repository/.editorconfig" -newer "$1" -print -quit
}
