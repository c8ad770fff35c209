# shellcheck shell=sh
# Finds a JDK 25: sourced by `muster`.

# A JDK says what it is in its file `release`; reading it is quicker than starting it.
is_jdk_25() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      'JAVA_VERSION="25"' | 'JAVA_VERSION="25.'*) return 0 ;;
    esac
  done <"$1/release"
  return 1
}

# Sets jdk to its folder.
find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && is_jdk_25 "$JAVA_HOME"; then
    jdk=$JAVA_HOME
    return 0
  fi
  on_path=$(command -v java 2>/dev/null) || on_path=
  if [ -n "$on_path" ]; then
    on_path=$(readlink -f "$on_path" 2>/dev/null || printf '%s' "$on_path")
    on_path=${on_path%/bin/java}
    if is_jdk_25 "$on_path"; then
      jdk=$on_path
      return 0
    fi
  fi
  folders=${MUSTER_JDK_FOLDERS-/usr/lib/jvm:/usr/lib64/jvm:/usr/java:/usr/local:/opt:/opt/java:${HOME:-}/.sdkman/candidates/java:${HOME:-}/.jdks:/Library/Java/JavaVirtualMachines:${HOME:-}/Library/Java/JavaVirtualMachines:/opt/homebrew/opt:/usr/local/opt}
  old_ifs=$IFS
  IFS=:
  for folder in $folders; do
    IFS=$old_ifs
    for candidate in "$folder"/*; do
      for inside in "$candidate" "$candidate/Contents/Home" \
        "$candidate/libexec/openjdk.jdk/Contents/Home"; do
        if is_jdk_25 "$inside"; then
          jdk=$inside
          return 0
        fi
      done
    done
  done
  IFS=$old_ifs
  return 1
}
