#!/usr/bin/env bash
# The demo: the same maintenance of the same VM under the same load, without Ebb and with it.
# Builds what is missing or older than its sources, then runs it. deploy/demo.sh --help lists its flags.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

is_jdk25() { # a JDK (with a compiler) of version 25 or later
  local version
  [ -x "$1/bin/javac" ] || return 1
  version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  [ -n "$version" ] && [ "$version" -ge 25 ]
}

candidates() { # folders that may be a JDK, the explicit ones first
  printf '%s\n' "${JAVA_HOME:-}" "${JAVA25_HOME:-}" /usr/lib/jvm/*25*
  if command -v javac >/dev/null; then
    dirname "$(dirname "$(realpath "$(command -v javac)")")"
  fi
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v 25 2>/dev/null || true
  fi
}

jdk=
while IFS= read -r candidate; do
  if [ -n "$candidate" ] && is_jdk25 "$candidate"; then
    jdk=$candidate
    break
  fi
done < <(candidates)
if [ -z "$jdk" ]; then
  cat >&2 <<'HELP'
demo.sh: no JDK 25 found (looked at JAVA_HOME, JAVA25_HOME, /usr/lib/jvm, PATH).
Get one, for example:
  Debian, Ubuntu:  sudo apt install openjdk-25-jdk-headless
  Fedora:          sudo dnf install java-25-openjdk-devel
  anywhere:        https://adoptium.net/temurin/releases/?version=25
and, if it is not in a usual place, export JAVA_HOME=/where/it/is
HELP
  exit 2
fi
export JAVA_HOME=$jdk

# One stamp for all: Maven leaves a jar alone when only its sources' dates changed.
stamp=integration-tests/target/demo-built

newer_than() { # is any source newer than this file?
  [ -n "$(find pom.xml protocol agent orchestrator simulator integration-tests \
    \( -name target -o -path '*/src/test' \) -prune -o -type f -newer "$1" -print -quit)" ]
}

up_to_date() {
  local jar
  for jar in agent/target/ebb-agent.jar orchestrator/target/ebb-orchestrator.jar \
    simulator/target/ebb-simulator.jar integration-tests/target/ebb-demo.jar; do
    [ -f "$jar" ] || return 1
    if newer_than "$jar" && { [ ! -f "$stamp" ] || newer_than "$stamp"; }; then
      return 1
    fi
  done
}

if ! up_to_date; then
  echo "demo.sh: building (some minutes the first time)"
  started=$(mktemp)
  ./mvnw -q -DskipTests package
  mkdir -p "$(dirname "$stamp")"
  mv "$started" "$stamp"
fi

exec "$JAVA_HOME/bin/java" -Xmx256m -XX:+UseSerialGC -jar integration-tests/target/ebb-demo.jar "$@"
