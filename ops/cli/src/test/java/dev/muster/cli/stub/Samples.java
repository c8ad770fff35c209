package dev.muster.cli.stub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;
import java.util.Set;

/// Things a node might say.
public final class Samples {
  private static final Set<String> FINISHED =
      Set.of("COMPLETED", "INCOMPLETE", "FAILED", "CANCELLED", "REHEARSED");

  private Samples() {}

  public static ObjectNode run(String state, int completed, int failed, int held, int running) {
    return parse(
        """
        {"workforce":"hello","state":"%s","live":true,"startedAt":"2026-01-01T00:00:00.000Z",
         "startedBy":"alice","finishedAt":%s,"durationSeconds":3.5,
         "waitedSeconds":0.0,"resumes":0,
         "settings":{"folder":"/w/hello","target":"/t","results":"/r","approve":"none",
                     "rehearse":false,"attemptsMax":3},
         "workers":{"total":3,"completed":%d,"failed":%d,"blocked":0,"cancelled":0,"held":%d,
                    "waiting":%d,"rehearsed":0,"running":%d},
         "waves":[{"wave":1,"name":"Inventory","total":2,"completed":2,"settled":2,
                   "releasedAt":"2026-01-01T00:00:00.000Z","settledAt":"2026-01-01T00:00:02.000Z",
                   "holds":[{"reason":"wave 1 held: node-b memory 87.2%% > 85%%","seconds":4.0}]}],
         "holds":[],
         "approvals":{"requested":%d,"approved":0,"autoApproved":0,"rejected":0,"expired":0,
                      "pending":%d},
         "retrospectives":{"stored":2},"successRate":1.0,"testPassRate":1.0,
         "headroom":{"samples":0,"closedSeconds":0.0},"leftOut":{"total":0,"items":[]},
         "assumed":{"total":0,"items":[]},
         "ignored":{"total":0,"items":[]},"notSelected":0,
         "findings":{"errors":0,"warnings":0,"codes":{},"worst":[]},
         "results":{"written":true,"folder":"/r/run_1","failure":null,"conflictsTotal":0,
                    "conflicts":[]}}
        """
            .formatted(
                state,
                FINISHED.contains(state) ? "\"2026-01-01T00:00:03.500Z\"" : "null",
                completed,
                failed,
                held,
                3 - completed - failed - held - running,
                running,
                held,
                held));
  }

  public static ObjectNode withApprovals(ObjectNode run, int rejected, int expired) {
    ((ObjectNode) run.path("approvals")).put("rejected", rejected).put("expired", expired);
    ((ObjectNode) run.path("workers")).put("refused", rejected + expired);
    return run;
  }

  /// Two of five were left out.
  public static ObjectNode leftOut(ObjectNode run) {
    var facts =
        parse(
            """
            {"leftOut":{"total":2,"items":[
               {"worker":"WORKER_004","file":"/w/WORKER_004_X.md","line":33,
                "reason":"bad `opertion`"},
               {"worker":"WORKER_005","file":"/w/WORKER_005_Y.md","line":21,
                "reason":"it waits for WORKER_004, which is left out"}]},
             "assumed":{"total":0,"items":[]},
             "ignored":{"total":1,"items":[{"worker":"WORKER_001","file":"/w/WORKER_001_A.md",
               "line":40,"reason":"the block below 'Rollback' is not run"}]},"notSelected":0,
             "findings":{"errors":1,"warnings":2,"codes":{"invalid-operation":1,"thin-point":2},
               "worst":[{"code":"invalid-operation","file":"/w/WORKER_004_X.md","line":33,
                         "message":"bad `opertion`"}]}}
            """);
    return run.setAll(facts);
  }

  public static ObjectNode worker(String id, String state, String detail) {
    return Json.MAPPER
        .createObjectNode()
        .put("id", id)
        .put("title", "Greet")
        .put("wave", 1)
        .put("state", state)
        .put("attempt", 3)
        .put("detail", detail);
  }

  public static ObjectNode approval(String id) {
    return parse(
        """
        {"id":"%s","run":"run_1","worker":"WORKER_003","kind":"production_deploy","risk":"ADMIN",
         "consequence":"Publishes the report to ../site.","script":"cp report.html ../site/",
         "writes":["../site"],"network":false,"workingFolder":"/w","check":"test -f ../site/x",
         "digest":"d1","mayHaveRun":false,"requestedAt":"2026-01-01T00:00:00.000Z",
         "deadline":"2026-01-02T00:00:00.000Z","state":"PENDING","consumed":false}
        """
            .formatted(id));
  }

  public static ObjectNode node() {
    return parse(
        """
        {"name":"local","address":"127.0.0.1:7400","roles":["orchestrator","worker"],"status":"UP",
         "open":false,"reasons":["memory 87.2% > 85%"],"cpuPercent":12.0,"cpuOwnPercent":3.0,
         "memoryPercent":87.2,"diskPercent":40.0,
         "limits":{"cpuPercent":80.0,"memoryPercent":85.0,"diskPercent":90.0},
         "slots":2,"slotsBusy":1,"at":"2026-01-01T00:00:00.000Z","sandbox":"util-linux"}
        """);
  }

  /// A node that this orchestrator has never heard of.
  public static ObjectNode downNode(String name) {
    return parse(
        """
        {"name":"%s","address":"127.0.0.1:7410","roles":["worker"],"status":"DOWN","open":false,
         "reasons":["no sign of life for 3 min"],"cpuPercent":null,"cpuOwnPercent":null,
         "memoryPercent":null,"diskPercent":null,"limits":null,"slots":null,"slotsBusy":null,
         "labels":[],"drained":false,"workers":null,"attemptsDone":null,"at":null}
        """
            .formatted(name));
  }

  private static ObjectNode parse(String json) {
    return (ObjectNode) Json.parse(json, "sample");
  }
}
