package dev.muster.e2e.escape;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.escape.Outcome.Untried;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// All probes of one machine: the workers of one workforce each policy, carried out by one node.
final class ProbeRun {
  private final Machine machine;
  private final Camp camp;
  private final Ledger ledger;
  private final String mark = "9" + ThreadLocalRandom.current().nextInt(100_000_000, 999_999_999);

  ProbeRun(Machine machine, Camp camp, Ledger ledger) {
    this.machine = machine;
    this.camp = camp;
    this.ledger = ledger;
  }

  void tryAll(List<Probe> probes) throws Exception {
    Map<String, List<Probe>> byPolicy = new LinkedHashMap<>();
    for (var probe : probes) {
      var missing = probe.needs().stream().filter(it -> !Machine.found(it)).toList();
      if (missing.isEmpty()) {
        byPolicy.computeIfAbsent(probe.approve(), _ -> new ArrayList<>()).add(probe);
      } else {
        ledger.add(machine.label(), probe.name(), probe.promise(), new Untried("needs " + missing));
      }
    }
    try (var bait = new Bait(camp, mark)) {
      var node = Node.up(camp);
      for (var policy : byPolicy.entrySet()) run(policy.getKey(), policy.getValue(), node, bait);
      new HostJudge(machine, camp, ledger, mark).judge(bait, node);
      node.down();
      new HostJudge(machine, camp, ledger, mark).judgeLeftovers();
    }
  }

  private void run(String policy, List<Probe> probes, Node node, Bait bait) throws Exception {
    Shell.run("rm", "-rf", camp.workforce().toString());
    var vars = variables(node, bait);
    Map<String, Probe> byWorker = new LinkedHashMap<>();
    for (var probe : probes) {
      var number = byWorker.size() + 1;
      byWorker.put("WORKER_%03d".formatted(number), probe);
      write(number, probe, vars);
    }
    var ended = camp.run(policy, "--allow-incomplete");
    var run = run(ended, node);
    for (var entry : byWorker.entrySet()) {
      var worker = run.isEmpty() ? Node.JSON.nullNode() : worker(node, run, entry.getKey());
      var probe = entry.getValue();
      var outcome = new ProbeJudge(camp, vars).judge(probe, run, entry.getKey(), worker, ended);
      ledger.add(machine.label(), probe.name(), probe.promise(), outcome);
    }
  }

  private static String run(Camp.Ended ended, Node node) {
    var found = Pattern.compile("run_[a-z0-9]+").matcher(ended.all());
    if (found.find()) return found.group();
    return Node.json(node.get("/runs")).at("/items/0/id").asText();
  }

  private static JsonNode worker(Node node, String run, String id) {
    return Node.json(node.get("/runs/" + run + "/workers/" + id));
  }

  private Map<String, String> variables(Node node, Bait bait) {
    Map<String, String> vars = new LinkedHashMap<>();
    vars.put("OUTSIDE", camp.outside().toString());
    vars.put("DATA", camp.data().toString());
    vars.put("RESULTS", camp.results().toString());
    vars.put("OPERATOR_HOME", camp.home().toString());
    vars.put("WORKFORCE", camp.workforce().toString());
    vars.put("API_PORT", Integer.toString(node.port()));
    vars.put(
        "NODE_PORT",
        node.otherPorts().stream().findFirst().map(it -> Integer.toString(it)).orElse(""));
    vars.put("BAIT_PORT", Integer.toString(bait.port()));
    vars.put("MARK", mark);
    return vars;
  }

  private void write(int number, Probe probe, Map<String, String> vars) throws IOException {
    var script = new StringBuilder();
    vars.forEach((name, value) -> script.append(name).append("='").append(value).append("'\n"));
    script.append(Probes.preamble()).append(probe.script());
    if (!script.toString().endsWith("\n")) script.append('\n');
    script.append("tried\n");
    var owed = String.join("`\n- [ ] `", probe.deliverables());
    var test = probe.test().isEmpty() ? "test -e " + probe.deliverables().getFirst() : probe.test();
    var worker =
        new Worker(
            number,
            1,
            "",
            owed,
            Workforces.block(probe.fence(), script.toString().strip()),
            test.strip());
    var file = Workforces.write(camp.workforce(), worker).resolve(worker.id() + "_Test.md");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("```bash \n", "```bash\n")
            .replace(">60 seconds", ">" + probe.limit()));
  }
}
