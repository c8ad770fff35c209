package dev.muster.cli.stub;

/// What an agent and its model said, with whatever other people's text may hold.
public final class ConversationSamples {
  private ConversationSamples() {}

  /// @param worker as paths name it
  public static void fill(StubNode node, String worker) {
    var run = worker.substring(0, worker.indexOf('/'));
    var path = "/api/v1/runs/" + worker.replace("/", "/workers/") + "/conversation";
    node.text(
        path,
        """
        {"items":[
         {"step":1,"attempt":1,"at":"2026-01-01T00:00:01.000Z","kind":"begun","tool":null,
          "failed":false,"seconds":0.0,"model":null,"tokensIn":null,"tokensOut":null,
          "costDollars":null,"violation":null,"text":"","cut":false,"calls":[]},
         {"step":2,"attempt":1,"at":"2026-01-01T00:00:03.000Z","kind":"turn","tool":null,
          "failed":false,"seconds":1.9,"model":"openai/gpt-4","tokensIn":1180,"tokensOut":64,
          "costDollars":0.0123,"violation":null,
          "text":"I write the script first, and then I run it on the numbers, so that the sum comes from the script itself and from nothing else.",
          "cut":false,"calls":[{"tool":"write","arguments":"{\\"path\\":\\"primes/sum.sh\\",\\"content\\":\\"#!/usr/bin/env bash\\\\nset -euo pipefail\\\\nsum=0; while read -r n; do sum=$((sum + n)); done; echo $sum\\"}"}]},
         {"step":3,"attempt":1,"at":"2026-01-01T00:00:03.100Z","kind":"outcome","tool":"write",
          "failed":false,"seconds":0.0,"model":null,"tokensIn":null,"tokensOut":null,
          "costDollars":null,"violation":null,"text":"wrote primes/sum.sh, 93 bytes","cut":false,"calls":[]},
         {"step":4,"attempt":1,"at":"2026-01-01T00:00:04.000Z","kind":"outcome","tool":"shell\\u001b[2J",
          "failed":true,"seconds":0.3,"model":null,"tokensIn":null,"tokensOut":null,
          "costDollars":null,"violation":"boundary: CANNOT modify primes/primes.txt",
          "text":"\\u001b[31mrefused\\u001b[0m","cut":false,"calls":[]},
         {"step":5,"attempt":2,"at":"2026-01-01T00:00:06.000Z","kind":"turn","tool":null,
          "failed":false,"seconds":1.1,"model":"openai/gpt-4","tokensIn":1301,"tokensOut":12,
          "costDollars":null,"violation":null,"text":null,"cut":false,"calls":[]}],
         "next":null}
        """);
    node.text(
        path + "/2",
        """
        {"digest":"%s","system":"You carry out one instruction file, and nothing else.",
         "tools":["read","write","shell","finish"],
         "messages":[{"role":"user","tool":null,"failed":false,"text":"# Worker 002: Add them up","calls":[]}]}
        """
            .formatted("5f".repeat(32)));
    node.text(
        path + "/5/diff",
        """
        {"from":"turn 2 of %1$s/WORKER_002","to":"turn 5 of %1$s/WORKER_002","added":2,"removed":1,
         "diff":"@@ -1,2 +1,3 @@\\n # Worker 002: Add them up\\n-=== tools\\n+=== tool shell (failed)\\n+refused\\n","cut":false}
        """
            .formatted(run));
    node.text(
        "/api/v1/runs/" + run + "/cassette",
        """
        {"format":"muster-cassette","version":1}
        {"digest":"%s","answer":{"text":"129","calls":[]}}
        """
            .formatted("5f".repeat(32)));
  }
}
