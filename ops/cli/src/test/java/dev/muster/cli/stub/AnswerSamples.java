package dev.muster.cli.stub;

/// Whole answers of a node, with what makes columns long: people, causes and keys.
public final class AnswerSamples {
  private static final String RUN = "/api/v1/runs/run_0mwoqed11cc8t";

  private AnswerSamples() {}

  public static void fill(StubNode node) {
    node.text(
        "/api/v1/users",
        page(
            """
            {"name":"alice","roles":["admin"],"workforce":null,"createdAt":"2026-01-01T00:00:00.000Z",
             "createdBy":"operator","disabledAt":null},
            {"name":"bartholomew.of-the-night-shift","roles":["operator","approver"],
             "workforce":"audit-of-the-payment-service-and-its-tests",
             "createdAt":"2026-01-01T00:00:00.000Z","createdBy":"alice",
             "disabledAt":"2026-01-01T00:00:05.000Z"}\
            """));
    node.text(
        "/api/v1/tokens",
        page(
            """
            {"id":"tok_0mwoqed1","name":"nightly-pipeline-of-the-payments-team","person":"alice",
             "roles":["operator","approver"],"workforce":"audit-of-the-payment-service-and-its-tests",
             "createdAt":"2026-01-01T00:00:00.000Z","expiresAt":"2026-01-31T00:00:00.000Z",
             "revokedAt":null},
            {"id":"tok_0mwoqed2","name":"prometheus","person":"alice","roles":["viewer"],
             "workforce":null,"createdAt":"2025-01-01T00:00:00.000Z",
             "expiresAt":"2025-01-31T00:00:00.000Z","revokedAt":null}\
            """));
    node.text(
        "/api/v1/secrets",
        page(
            """
            {"name":"DEPLOY_KEY_OF_THE_STAGING_ENVIRONMENT","setAt":"2026-01-01T00:00:00.000Z",
             "setBy":"bartholomew.of-the-night-shift"}\
            """));
    node.text(
        "/api/v1/policies",
        page(
            """
            {"name":"production_deploy","people":2,"by":["alice","role:admin"],"expirySeconds":3600.0,
             "then":"ESCALATE","escalateTo":["carol","role:admin"],"escalateForSeconds":14400.0,
             "mayApprove":true,"words":"two of alice, any admin","doubts":[]},
            {"name":"any","people":1,"by":[],"expirySeconds":null,"then":"HOLD","escalateTo":[],
             "escalateForSeconds":14400.0,"mayApprove":true,"words":"","doubts":[]}\
            """));
    var hash = "5f".repeat(32);
    node.text(
        "/api/v1/audit",
        page(
            """
            {"seq":1207,"entry":{"at":"2026-01-01T00:00:09.000Z","kind":"DECISION","who":"alice",
             "action":"POST /api/v1/approvals/run_0mwoqed11cc8t-1/approve","outcome":"done 200",
             "requestId":"req_1","times":1},"previous":"%s","hash":"%s"},
            {"seq":1206,"entry":{"at":"2026-01-01T00:00:08.000Z","kind":"REFUSAL","who":"stranger",
             "peer":"10.0.0.7","action":"GET /api/v1/runs","outcome":"401","times":318},
             "previous":"%s","hash":"%s"}\
            """
                .formatted(hash, hash, hash, hash)));
    node.text(
        "/api/v1/readers",
        page(
            """
            {"reader":"runs","seq":120433,"behind":0,"problem":null},
            {"reader":"webhook","seq":98010,"behind":22423,
             "problem":"the row of this event is longer than what the table takes: 1,048,577 characters"}\
            """));
    node.text(
        "/api/v1/collection",
        """
        {"dueAt":"2026-01-02T00:00:00.000Z","endedAt":"2026-01-01T00:00:00.000Z","node":"local",
         "looked":20433,"removed":118,"bytes":81788928,"said":"there is more to remove"}\
        """);
    node.text(
        RUN + "/state",
        page(
            """
            {"key":"api/port","version":2,"value":"8080","worker":"WORKER_001",
             "at":"2026-01-01T00:00:05.000Z"},
            {"key":"schema/of-the-inventory","version":1,
             "value":"{\\"columns\\":[\\"path\\",\\"bytes\\",\\"sha256\\",\\"owner\\",\\"first seen\\",\\"last seen\\"]}",
             "worker":"WORKER_002","at":"2026-01-01T00:00:06.000Z"}\
            """));
    node.text(
        RUN + "/room",
        page(
            """
            {"wave":1,"number":0,"worker":null,"to":null,"answers":null,"waitsUntil":null,
             "text":"In it: WORKER_001, WORKER_002","at":"2026-01-01T00:00:04.000Z","floor":null},
            {"wave":1,"number":1,"worker":"WORKER_001","to":"WORKER_002","answers":null,
             "waitsUntil":"2026-01-01T00:01:05.000Z","at":"2026-01-01T00:00:05.000Z","floor":null,
             "text":"Which of the two inventories do you count, the one by path or the one by owner?"},
            {"wave":1,"number":2,"worker":"WORKER_002","to":"WORKER_001","answers":1,
             "waitsUntil":null,"text":"The one by path.","at":"2026-01-01T00:00:06.000Z","floor":null}\
            """));
    node.text(
        RUN + "/workers/WORKER_002/notes",
        page(
            """
            {"number":1,"key":"plan","value":"first the sources, then their owners",
             "at":"2026-01-01T00:00:05.000Z"}\
            """));
    node.text(
        RUN + "/events",
        """
        {"seq":1,"at":"2026-01-01T00:00:00.000Z","type":"RunCreated","worker":null,"workforce":"hello"}
        {"seq":2,"at":"2026-01-01T00:00:01.000Z","type":"HoldBegan","worker":null,"wave":2,"kind":"HEADROOM","reason":"wave 2 held: node-b memory 87.2% > 85%"}
        {"seq":3,"at":"2026-01-01T00:00:02.000Z","type":"AttemptStarted","worker":"WORKER_001","attempt":1,"node":"local"}
        {"seq":4,"at":"2026-01-01T00:00:03.000Z","type":"OperationDecided","worker":"WORKER_001/collect","attempt":12,"decision":"APPROVED"}
        """);
  }

  private static String page(String items) {
    return "{\"items\":[" + items + "],\"next\":null}";
  }
}
