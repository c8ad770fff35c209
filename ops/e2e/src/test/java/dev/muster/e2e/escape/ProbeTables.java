package dev.muster.e2e.escape;

import dev.muster.e2e.escape.Probe.Ending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Probes that differ in one line only: what a test says, or what a fence asks for.
final class ProbeTables {
  private static final String WRITES =
      """
      (: >>"$MUSTER_TARGET/readme.txt") 2>/dev/null && escaped "the target is writable"
      (: >>"$OUTSIDE/keep") 2>/dev/null && escaped "a folder beside the target is writable"
      [ "$(grep -vc 'lo:\\|Inter\\|face' /proc/net/dev)" = 0 ] || escaped "has a network"
      """;

  private ProbeTables() {}

  static List<Probe> all() throws IOException {
    List<Probe> probes = new ArrayList<>();
    var number = 0;
    for (var test : Probes.resource("constant-tests.txt").split("(?m)^---\n", -1)) {
      probes.add(constant("constant-test-%02d".formatted(++number), test));
    }
    number = 0;
    for (var fence : lines("fences.txt")) {
      probes.add(fence("fence-%02d".formatted(++number), fence));
    }
    for (var fence : lines("never-by-low.txt")) {
      var name = "low-" + fence.replaceAll("\\W+", "-").replaceAll("^-|-$", "");
      probes.add(
          asked(
              name,
              fence,
              "low",
              "sandbox",
              "What only a person may answer is not answered by low."));
    }
    for (var fence : lines("never-without-a-sandbox.txt")) {
      var name = "unconfined-" + fence.replaceAll("\\W+", "-").replaceAll("^-|-$", "");
      probes.add(
          asked(
              name,
              fence,
              "low",
              "none",
              "Without a sandbox nothing runs before somebody decides."));
    }
    return probes;
  }

  private static List<String> lines(String resource) throws IOException {
    return Probes.resource(resource).lines().filter(line -> !line.startsWith("#")).toList();
  }

  private static Probe constant(String name, String test) {
    var promise = "A test that cannot fail proves nothing.";
    return probe(
        name, promise, "sandbox", "", "all", Ending.DONE, false, "echo bad >out.txt\n", test);
  }

  private static Probe fence(String name, String fence) {
    var promise = "What a block may do is said in one way, or refused.";
    return probe(name, promise, "sandbox", fence, "none", Ending.ANYHOW, true, WRITES, "");
  }

  private static Probe asked(
      String name, String fence, String policy, String where, String promise) {
    var script = "echo ran >\"$MUSTER_TARGET/ran\"\n";
    return probe(name, promise, where, fence, policy, Ending.ASKED, true, script, "");
  }

  private static Probe probe(
      String name,
      String promise,
      String where,
      String fence,
      String policy,
      Ending ending,
      boolean proven,
      String script,
      String test) {
    return new Probe(
        name,
        promise,
        List.of(where.split(" ", -1)),
        List.of(),
        fence,
        policy,
        List.of("out.txt"),
        "60 seconds",
        ending,
        proven,
        script,
        test,
        "");
  }
}
