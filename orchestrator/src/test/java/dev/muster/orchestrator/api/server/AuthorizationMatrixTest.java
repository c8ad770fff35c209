package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.operation;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.security.identity.Role;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Every endpoint of the contract, for every role and for strangers.
class AuthorizationMatrixTest {
  @TempDir private static Path data;
  private static TestServer server;
  private static final Map<Role, Client> callers = new java.util.EnumMap<>(Role.class);
  private static final HttpClient http = HttpClient.newHttpClient();

  /// @param needs null for what is open
  record Operation(String method, String path, @Nullable Permission needs) {
    String target() {
      return path.replace("{run}", RUN)
          .replace("{worker}", "WORKER_001")
          .replace("{approval}", "apr_0001_abc")
          .replace("{node}", "node-a")
          .replace("{wave}", "1")
          .replaceAll("\\{[a-z]+}", "none");
    }
  }

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(data);
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));
    // What is refused by the run was let through to it, and nobody waits for its effect.
    server.runs.refusal = "not now";
    server.gates.hold(RUN, "apr_0001_abc", operation("WORKER_001"));
    for (var role : Role.values()) callers.put(role, server.as(role.word(), null, role));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  static Stream<Operation> operations() throws IOException {
    List<Operation> operations = new ArrayList<>();
    try (var yaml = AuthorizationMatrixTest.class.getResourceAsStream("/openapi.yaml")) {
      var contract = new YAMLMapper().readTree(yaml);
      contract
          .get("paths")
          .properties()
          .forEach(path ->
              path.getValue()
                  .properties()
                  .forEach(entry -> {
                    if (entry.getKey().equals("parameters")) return;
                    var own = entry.getValue().get("security");
                    operations.add(
                        new Operation(
                            entry.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            needs(own == null ? contract.get("security") : own)));
                  }));
    }
    operations.add(new Operation("GET", "/api/openapi.yaml", Permission.READ));
    operations.add(new Operation("GET", "/api/docs", Permission.READ));
    operations.add(new Operation("GET", "/api/docs/swagger-ui.css", Permission.READ));
    return operations.stream();
  }

  private static @Nullable Permission needs(JsonNode security) {
    var roles = security.get(0).get("operator");
    return roles == null
        ? null
        : Permission.valueOf(roles.get(0).asString().toUpperCase(Locale.ROOT));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aStrangerLearnsNothingButHealth(Operation operation) throws Exception {
    var headers = server.client.request(operation.target(), "Content-Type", "application/json");
    var reply =
        http.send(
            headers.method(operation.method(), BodyPublishers.ofString("{}")).build(),
            BodyHandlers.ofInputStream());
    try (var body = reply.body()) {
      if (operation.needs() == null) {
        assertThat(reply.statusCode()).isNotIn(401, 403);
      } else {
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
            .doesNotContain("run_0001")
            .contains("token-missing");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyRoleMayDoWhatItIsForAndNothingElse(Operation operation) throws Exception {
    for (var role : Role.values()) {
      var may = operation.needs() == null || role.allows(operation.needs());
      var caller = Objects.requireNonNull(callers.get(role));
      var request =
          caller.request(operation.target(), caller.authorized("Content-Type", "application/json"));
      var reply =
          http.send(
              request.method(operation.method(), BodyPublishers.ofString("{}")).build(),
              BodyHandlers.ofInputStream());
      try (var body = reply.body()) {
        if (may) {
          assertThat(reply.statusCode()).as("%s %s", role, operation).isNotIn(401, 403);
        } else {
          assertThat(reply.statusCode()).as("%s %s", role, operation).isEqualTo(403);
          assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
              .contains("not-permitted");
        }
      }
    }
  }

  @Test
  void aTokenThatNobodyHoldsIsRefusedEverywhere() throws IOException {
    operations()
        .filter(it -> it.needs() != null)
        .forEach(it -> {
          var reply = server.client.send(it.method(), it.target(), "Authorization", "Bearer x");
          assertThat(reply.status()).as(it.toString()).isEqualTo(403);
          assertThat(reply.code()).isEqualTo("token-wrong");
        });
  }
}
