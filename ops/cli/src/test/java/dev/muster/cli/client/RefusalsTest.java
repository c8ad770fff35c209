package dev.muster.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.client.ApiException;
import dev.muster.client.Failure;
import dev.muster.client.Problem;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
  @ParameterizedTest
  @CsvSource({
    "no profile has that name; GET /api/v1/models lists them,see: `muster models list`",
    "no user is called x; GET /api/v1/users,see: `muster users list`",
    "no reader is called that; GET /api/v1/readers lists them,see: `muster admin readers`",
    "run r has no W; GET /api/v1/runs/r/workers lists them,see: `muster workers list r`"
  })
  void whoTypesVerbsIsToldTheVerbThatListsThem(String said, String advice) {
    var refusal = refused(404, said, List.of());

    assertThat(refusal.exitCode()).isEqualTo(Exit.NOT_FOUND);
    assertThat(refusal.words()).isEqualTo(said.substring(0, said.indexOf(';')));
    assertThat(refusal.advice()).isEqualTo(advice);
  }

  @Test
  void nothingIsSaidTwice() {
    var refusal = refused(400, "tags: expected a word", List.of("tags: expected a word", "more"));

    assertThat(refusal.words()).isEqualTo("tags: expected a word\n  more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no-such-path"})
  void whatKnowsNoSuchPathIsNoNodeOrOneOfAnotherVersion(String code) {
    var refusal = refused(code, 404, "", List.of());

    assertThat(refusal.exitCode()).isEqualTo(Exit.UNREACHABLE);
    assertThat(refusal.advice()).startsWith("check that a Muster node");
  }

  private static Refusal refused(int status, String detail, List<String> errors) {
    return refused("code", status, detail, errors);
  }

  private static Refusal refused(String code, int status, String detail, List<String> errors) {
    var problem = new Problem(status, code, "title", detail, false, errors, "req_1");
    return Refusals.of(new ApiException(new Failure.Refused(problem, "the node"), null));
  }
}
