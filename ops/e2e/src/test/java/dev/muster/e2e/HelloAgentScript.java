package dev.muster.e2e;

import static dev.muster.e2e.ScriptedModel.call;
import static dev.muster.e2e.ScriptedModel.calls;
import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.shell;
import static dev.muster.e2e.ScriptedModel.write;

import java.util.List;
import java.util.Map;

/// What the cassette of `instructions/hello-agent` was recorded from.
final class HelloAgentScript {
  static final String LABEL =
      "Muster's own scripted test server on loopback, which is no language model";

  private static final String FORGETFUL =
      """
      #!/usr/bin/env bash
      # Adds up the numbers on standard input, one a line.
      set -euo pipefail
      sum=0
      while IFS= read -r line; do
        [ -n "$line" ] || continue
        sum=$((sum + line))
      done
      echo "$sum"
      """;

  private static final String MENDED =
      """
      #!/usr/bin/env bash
      # Adds up the numbers on standard input, one a line. Blank lines are skipped.
      # Ends with 2, and says which line, where one is no number.
      set -euo pipefail
      sum=0
      at=0
      while IFS= read -r line; do
        at=$((at + 1))
        [ -n "$line" ] || continue
        if ! [[ $line =~ ^-?[0-9]+$ ]]; then
          echo "line $at is no number: $line" >&2
          exit 2
        fi
        sum=$((sum + line))
      done
      echo "$sum"
      """;

  private HelloAgentScript() {}

  static ScriptedModel open() {
    return new ScriptedModel()
        .worker(
            "WORKER_001",
            write("primes/primes.txt", "2\n3\n5\n7\n11\n13\n17\n19\n23\n29\n"),
            shell("wc -l < primes/primes.txt && tail -n 1 primes/primes.txt"),
            finish("Wrote the ten numbers and counted them. The first try was right."))
        .worker(
            "WORKER_002",
            calls(
                write("primes/sum.sh", FORGETFUL),
                shell("bash primes/sum.sh < primes/primes.txt | tee primes/sum.txt")),
            finish("The script adds up; the sum is 129."),
            calls(
                write("primes/sum.sh", MENDED),
                shell(
                    """
                    bash primes/sum.sh < primes/primes.txt | tee primes/sum.txt
                    code=0
                    printf '1\\ntwo\\n' | bash primes/sum.sh || code=$?
                    test "$code" -eq 2
                    """)),
            finish("I had forgotten what is no number; now it ends with 2 and names the line."))
        .worker(
            "WORKER_003",
            shell(
                """
                {
                  printf '# The first ten primes\\n\\n'
                  sed 's/^/- /' primes/primes.txt
                  printf '\\nSum: %s\\n' "$(cat primes/sum.txt)"
                } > primes/page.md
                cat primes/page.md
                """),
            call(
                "operation",
                Map.of(
                    "kind",
                    "production_deploy",
                    "script",
                    """
                    cp primes/page.md "$MUSTER_TARGET/hello-agent-report/.$MUSTER_RUN.tmp"
                    mv "$MUSTER_TARGET/hello-agent-report/.$MUSTER_RUN.tmp" \\
                      "$MUSTER_TARGET/hello-agent-report/$MUSTER_RUN.md"
                    """,
                    "writes",
                    List.of("hello-agent-report"),
                    "inputs",
                    List.of("primes/page.md"),
                    "check",
                    "test -f hello-agent-report/$MUSTER_RUN.md")),
            shell(
                "printf '%s  %s\\n' \"$(sha256sum < primes/page.md | cut -c 1-64)\""
                    + " hello-agent-report/ | tee primes/published.txt"),
            finish("The page is published; the hash of what was published is in published.txt."));
  }
}
