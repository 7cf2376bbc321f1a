# The scripts that build and run something source this file.

fail() {
  printf '%s\n' "$*" >&2
  exit 2
}

major_version() {
  "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p'
}

# Maven may run on an older JDK, and finds a newer one for compiling by itself. These scripts have to find one too.
find_java() {
  local candidate version
  for candidate in "${JAVA_HOME:-}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java \
    "$HOME"/.sdkman/candidates/java/*/bin/java /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java; do
    # The build needs a compiler, not only a runtime.
    if [ -x "$candidate" ] && [ -x "${candidate}c" ]; then
      version=$(major_version "$candidate")
      if [ "${version:-0}" -ge 21 ]; then
        printf '%s\n' "$candidate"
        return
      fi
    fi
  done
}
