package dev.muster.node.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.ModelFailure;
import dev.muster.node.models.ModelFailure.Auth;
import dev.muster.node.models.ModelFailure.ContextOverflow;
import dev.muster.node.models.ModelFailure.Quota;
import dev.muster.node.models.ModelFailure.RateLimited;
import dev.muster.node.models.ModelFailure.Rejected;
import dev.muster.node.models.ModelFailure.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static ModelFailure of(int status, Map<String, String> headers, String body) {
    return new Refusals(status, it -> Optional.ofNullable(headers.get(it)), body, NOW).failure();
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(401, "{\"error\":{\"message\":\"no\"}}", Auth.class),
        Arguments.of(403, "", Auth.class),
        Arguments.of(402, "{\"error\":{\"message\":\"Insufficient credits\"}}", Quota.class),
        Arguments.of(429, "{\"error\":{\"code\":\"insufficient_quota\"}}", Quota.class),
        Arguments.of(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", RateLimited.class),
        Arguments.of(
            400, "{\"error\":{\"message\":\"Your credit balance is too low\"}}", Quota.class),
        Arguments.of(
            400, "{\"error\":{\"code\":\"context_length_exceeded\"}}", ContextOverflow.class),
        Arguments.of(
            400,
            "{\"error\":{\"message\":\"prompt is too long: 210000 tokens > 200000 maximum\"}}",
            ContextOverflow.class),
        Arguments.of(
            400,
            "{\"error\":{\"message\":\"The input token count (9) exceeds the maximum number of"
                + " tokens allowed (8).\"}}",
            ContextOverflow.class),
        Arguments.of(413, "", ContextOverflow.class),
        Arguments.of(404, "{\"error\":\"model 'x' not found\"}", Rejected.class),
        Arguments.of(400, "{\"error\":{\"message\":\"bad tool\"}}", Rejected.class),
        Arguments.of(500, "oops", Unreachable.class),
        Arguments.of(503, "", Unreachable.class),
        Arguments.of(529, "{\"error\":{\"type\":\"overloaded_error\"}}", Unreachable.class),
        Arguments.of(408, "", Unreachable.class),
        Arguments.of(200, "{\"error\":{\"type\":\"rate_limit_error\"}}", RateLimited.class),
        Arguments.of(200, "{\"error\":\"an unknown thing\"}", ModelFailure.Cut.class));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("errors")
  void errorsMeanWhatTheProvidersSay(int status, String body, Class<?> kind) {
    assertThat(of(status, Map.of(), body)).isInstanceOf(kind);
  }

  @Test
  void whenToComeAgainIsReadInEveryFormBoundedByADay() {
    assertThat(retry(Map.of("retry-after", "20"), "")).isEqualTo(Duration.ofSeconds(20));
    assertThat(retry(Map.of("retry-after", "1.5"), "")).isEqualTo(Duration.ofMillis(1_500));
    assertThat(retry(Map.of("retry-after-ms", "250", "retry-after", "1"), ""))
        .isEqualTo(Duration.ofMillis(250));
    assertThat(retry(Map.of("retry-after", "Thu, 01 Jan 2026 00:00:30 GMT"), ""))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(retry(Map.of("retry-after", "Wed, 31 Dec 2025 00:00:00 GMT"), ""))
        .isEqualTo(Duration.ZERO);
    assertThat(retry(Map.of("retry-after", "999999999"), "")).isEqualTo(Duration.ofDays(1));
    assertThat(retry(Map.of("retry-after", "soon"), "")).isNull();
    assertThat(retry(Map.of(), "{\"error\":{\"details\":[{\"retryDelay\": \"17.5s\"}]}}"))
        .isEqualTo(Duration.ofMillis(17_500));
  }

  @Test
  void anExhaustedFreeTierIsToWaitFortySeconds() {
    var body =
        "{\"error\":{\"code\":429,\"message\":\"You exceeded your current quota, check your plan"
            + " and billing\",\"status\":\"RESOURCE_EXHAUSTED\"}}";

    assertThat(of(429, Map.of(), body))
        .isEqualTo(
            new RateLimited(
                Duration.ofSeconds(40),
                "answered 429 `You exceeded your current quota, check your plan and billing`"));
  }

  private static @Nullable Duration retry(Map<String, String> headers, String body) {
    return switch (of(429, headers, body)) {
      case RateLimited(var retryAfter, _) -> retryAfter;
      case ModelFailure other -> throw new AssertionError(other.sentence());
    };
  }
}
