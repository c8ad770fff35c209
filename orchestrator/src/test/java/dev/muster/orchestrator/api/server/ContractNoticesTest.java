package dev.muster.orchestrator.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.contract.Contract;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What holds answers against the contract must not let everything pass.
class ContractNoticesTest {
  private static final Contract CONTRACT = Contract.ofTheServer();

  @Test
  void theContractNoticesWhatDoesNotFit() {
    assertThat(CONTRACT.errors("Health", "{\"status\":\"UP\",\"more\":1}")).isNotEmpty();
    assertThat(CONTRACT.errors("Health", "{\"status\":1}")).isNotEmpty();
    assertThat(CONTRACT.errors("RunPage", "{\"items\":[{}],\"next\":null}")).isNotEmpty();
    assertThat(answer(200, "application/json", "{\"items\":[],\"next\":null}")).isEmpty();
    assertThat(answer(200, "application/json", "{\"items\":[{}],\"next\":null}")).isNotEmpty();
    assertThat(answer(201, "application/json", "{}")).first().asString().contains("201");
    assertThat(answer(200, "text/plain", "")).first().asString().contains("text/plain");
    assertThat(answer(404, "application/problem+json", "{\"code\":\"X\"}")).isNotEmpty();
    var told = "{\"event\":\"runs\",\"data\":{\"items\":[{}]}}";
    assertThat(CONTRACT.errors("GET", "/api/v1/events", 200, "text/event-stream", told))
        .isNotEmpty();
    assertThat(CONTRACT.errors("GET", "/api/v1/secret-way", 200, "application/json", "{}"))
        .isNotEmpty();
  }

  private static List<String> answer(int status, String type, String body) {
    return CONTRACT.errors("GET", "/api/v1/runs", status, type, body);
  }
}
