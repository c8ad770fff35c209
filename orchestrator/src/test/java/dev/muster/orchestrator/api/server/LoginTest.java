package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.api.server.Client.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users, tokens and sessions, over HTTP.
class LoginTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir private Path data;
  private TestServer server;
  private Client client;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(data);
    client = server.client;
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));
    var made =
        client.post(
            "/api/v1/users",
            "{\"name\":\"alice\",\"password\":\"%s\",\"roles\":[\"operator\"]}"
                .formatted(PASSWORD));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.whole().body()).doesNotContain(PASSWORD);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Reply token(String password) {
    return client.postWithoutToken(
        "/api/v1/token",
        "grant_type=password&username=alice&password=" + password.replace(" ", "+"),
        "Content-Type",
        FORM);
  }

  @Test
  void aFormThatNoDatabaseCanBeAskedForIsRefused() {
    assertThat(token("a%00").code()).isEqualTo("invalid-request");
    assertThat(token("%zz").code()).isEqualTo("invalid-request");
  }

  @Test
  void aProgramLogsInByAForm() {
    var reply = token(PASSWORD);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("token_type").asText()).isEqualTo("bearer");
    var bearer = "Bearer " + reply.json().path("access_token").asText();
    var me = client.get("/api/v1/me", "Authorization", bearer).json();
    assertThat(me.path("name").asText()).isEqualTo("alice");
    assertThat(me.path("kind").asText()).isEqualTo("user");
    assertThat(
            client.post("/api/v1/runs/" + RUN + "/pause", "{}", "Authorization", bearer).status())
        .isEqualTo(202);
    assertThat(server.runs.told).contains("pause run_0001 [] by alice");
    assertThat(client.get("/api/v1/users", "Authorization", bearer).status()).isEqualTo(403);
  }

  @Test
  void aRunSaysWhoStartedIt() {
    var bearer = "Bearer " + token(PASSWORD).json().path("access_token").asText();
    var made = client.post("/api/v1/runs", "{\"folder\":\"hello\"}", "Authorization", bearer);
    assertThat(made.status()).isEqualTo(202);
    assertThat(made.json().path("startedBy").asText()).isEqualTo("alice");
    var id = made.json().path("id").asText();
    server.awaitAudit();
    assertThat(client.get("/api/v1/audit").whole().body())
        .as("which of the audit log's entries made it")
        .contains("\"detail\":\"/api/v1/runs/" + id);
    assertThat(client.get("/api/v1/runs/" + RUN).json().path("startedBy").isNull())
        .as("of before that was kept")
        .isTrue();
    var versions = client.get("/api/v1/instructions/hello/WORKER_001/versions").json();
    assertThat(versions.at("/items/0/lastRunBy").asText()).isEqualTo("alice");
  }

  @Test
  void theAuditLogIsFoundByItsFieldsAndWords() {
    for (var n = 0; n < 3; n++) client.post("/api/v1/runs/" + RUN + "/pause", "{}");
    token("a wrong one altogether");
    server.awaitAudit();
    var logins = client.get("/api/v1/audit?filter=kind:LOGIN,REFUSAL").json().path("items");
    assertThat(logins).isNotEmpty();
    assertThat(logins.valueStream().map(it -> it.at("/entry/kind").asText()))
        .isSubsetOf("LOGIN", "REFUSAL");
    var path = "/api/v1/audit?filter=action:POST%20/api/v1";
    assertThat(client.get(path).json().path("items")).as("no action is just that").isEmpty();
    var pauses = client.get("/api/v1/audit?limit=2&filter=pause%20kind:INTENT").json();
    assertThat(pauses.path("items")).hasSize(2);
    var next = pauses.path("next").asText();
    var rest = client.get("/api/v1/audit?limit=2&filter=pause%20kind:INTENT&cursor=" + next).json();
    assertThat(rest.path("items")).hasSize(1);
    assertThat(rest.path("next").isNull()).isTrue();
    assertThat(client.get("/api/v1/audit?filter=at%3C2001-01-01T00:00:00Z").json().path("items"))
        .isEmpty();
    assertThat(client.get("/api/v1/audit?filter=colour:red").code()).isEqualTo("invalid-filter");
  }

  @Test
  void guessingIsSlowedDownAndTheOwnerIsNot() {
    var statuses = new java.util.ArrayList<Integer>();
    for (var i = 0; i < 8; i++) statuses.add(token("wrong guess " + i).status());
    assertThat(statuses).startsWith(401, 401, 401, 401, 401).contains(429);
    assertThat(client.get("/api/v1/runs").status()).isEqualTo(200);
  }

  @Test
  void nobodyLearnsWhoThereIs() {
    var wrong = token("wrong guess");
    var nobody =
        client.postWithoutToken(
            "/api/v1/token", "username=nobody&password=wrong+guess", "Content-Type", FORM);
    assertThat(nobody.status()).isEqualTo(wrong.status()).isEqualTo(401);
    assertThat(nobody.json().path("detail")).isEqualTo(wrong.json().path("detail"));
  }

  @Test
  void aBrowserLogsInByACookie() {
    var reply =
        client.postWithoutToken(
            "/api/v1/session", "{\"user\":\"alice\",\"password\":\"%s\"}".formatted(PASSWORD));
    assertThat(reply.status()).isEqualTo(200);
    var cookie = reply.header("Set-Cookie");
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/");
    var shown = cookie.substring(0, cookie.indexOf(';'));
    var csrf = reply.json().path("csrf").asText();
    assertThat(client.getWithoutToken("/api/v1/runs", "Cookie", shown).status()).isEqualTo(200);
    var path = "/api/v1/runs/" + RUN + "/pause";
    for (var headers :
        new String[][] {{"Cookie", shown}, {"Cookie", shown, "X-Muster-Csrf", "x" + csrf}}) {
      var refused = client.postWithoutToken(path, "{}", headers);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("csrf-wrong");
      assertThat(refused.json().path("detail").asText())
          .contains("X-Muster-Csrf", headers.length > 2 ? "another" : "none", "log in again");
    }
    var stranger = client.postWithoutToken(path, "{}", "Cookie", shown + "x");
    assertThat(stranger.code()).isEqualTo("token-wrong");
    assertThat(client.postWithoutToken(path, "{}", "Cookie", shown, "X-Muster-Csrf", csrf).status())
        .isEqualTo(202);
    assertThat(
            client
                .postWithoutToken(
                    path,
                    "{}",
                    "Cookie",
                    shown,
                    "X-Muster-Csrf",
                    csrf,
                    "Sec-Fetch-Site",
                    "same-site")
                .status())
        .isEqualTo(403);
    var out =
        client.send(
            client.request("/api/v1/session", "Cookie", shown, "X-Muster-Csrf", csrf).DELETE());
    assertThat(out.status()).isEqualTo(200);
    assertThat(client.getWithoutToken("/api/v1/runs", "Cookie", shown).status()).isEqualTo(403);
  }

  @Test
  void theOwnerLogsABrowserInByTheToken() throws Exception {
    var token = Files.readString(data.resolve("operator.token")).strip();
    var reply = client.postWithoutToken("/api/v1/session", "{\"token\":\"" + token + "\"}");
    assertThat(reply.json().path("me").path("kind").asText()).isEqualTo("owner");
    assertThat(client.postWithoutToken("/api/v1/session", "{\"token\":\"x\"}").status())
        .isEqualTo(401);
  }

  @Test
  void aPersonWhoFollowsALinkIsAskedWhoTheyAre() {
    var page = client.getWithoutToken("/api/docs", "Accept", "text/html,*/*");
    assertThat(page.status()).isEqualTo(401);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.whole().body()).isEqualTo(client.getWithoutToken("/login").whole().body());
    assertThat(client.getWithoutToken("/login.js").whole().body()).contains("/api/v1/session");
    assertThat(client.getWithoutToken("/api/v1/runs", "Accept", "text/html").header("Content-Type"))
        .isEqualTo("application/problem+json");
  }

  @Test
  void aTokenIsShownOnceAndMakesNoOther() {
    var made = client.post("/api/v1/tokens", "{\"name\":\"ci\",\"roles\":[\"admin\"],\"days\":2}");
    assertThat(made.status()).isEqualTo(201);
    var bearer = made.json().path("token").asText();
    assertThat(client.get("/api/v1/tokens").whole().body()).contains("ci").doesNotContain(bearer);
    var authorization = "Bearer " + bearer;
    assertThat(client.get("/api/v1/users", "Authorization", authorization).status()).isEqualTo(200);
    assertThat(
            client
                .post(
                    "/api/v1/tokens",
                    "{\"name\":\"b\",\"roles\":[\"viewer\"]}",
                    "Authorization",
                    authorization)
                .status())
        .isEqualTo(403);
    var id = made.json().path("row").path("id").asText();
    assertThat(client.delete("/api/v1/tokens/" + id).status()).isEqualTo(200);
    assertThat(client.get("/api/v1/users", "Authorization", authorization).status()).isEqualTo(403);
  }

  @Test
  void nobodyMakesATokenForMoreThanTheyMayDo() {
    var bearer = "Bearer " + token(PASSWORD).json().path("access_token").asText();
    assertThat(
            client
                .post(
                    "/api/v1/tokens",
                    "{\"name\":\"b\",\"roles\":[\"approver\"]}",
                    "Authorization",
                    bearer)
                .status())
        .isEqualTo(403);
    assertThat(
            client
                .post(
                    "/api/v1/tokens",
                    "{\"name\":\"b\",\"roles\":[\"viewer\"]}",
                    "Authorization",
                    bearer)
                .status())
        .isEqualTo(201);
    assertThat(client.get("/api/v1/tokens", "Authorization", bearer).json().path("items"))
        .hasSize(1);
  }

  @Test
  void whatIsNoUserIsRefusedInWords() {
    for (var body :
        new String[] {
          "{\"name\":\"operator\",\"password\":\"0123456789\",\"roles\":[\"viewer\"]}",
          "{\"name\":\"bob\",\"password\":\"short\",\"roles\":[\"viewer\"]}",
          "{\"name\":\"bob\",\"password\":\"0123456789\",\"roles\":[\"king\"]}",
          "{\"name\":\"bob\",\"password\":\"0123456789\",\"roles\":[]}"
        }) {
      var reply = client.post("/api/v1/users", body);
      assertThat(reply.status()).as(body).isEqualTo(400);
      assertThat(reply.json().path("errors")).as(body).isNotEmpty();
    }
    var twice = "{\"name\":\"alice\",\"password\":\"0123456789\",\"roles\":[\"viewer\"]}";
    assertThat(client.post("/api/v1/users", twice).status()).isEqualTo(409);
    assertThat(client.post("/api/v1/users/nobody/disable", "{}").status()).isEqualTo(404);
  }
}
