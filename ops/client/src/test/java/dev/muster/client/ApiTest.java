package dev.muster.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.muster.protocol.view.SecretView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiTest {
  private static final Lifeline PATIENT = Lifeline.waiting(Duration.ofMinutes(1));

  private static String page(String name, String next) {
    var rest = "\"setAt\":\"2026-01-01T00:00:00Z\",\"setBy\":\"me\",\"new\":1";
    return "{\"items\":[{\"name\":\"" + name + "\"," + rest + "}],\"next\":" + next + "}";
  }

  @Test
  void aPageIsReadWhenTheOneBeforeIsUsedUp() {
    try (var stub = new Stub((n, it) -> Stub.send(it, 200, page("S" + n, "\"cursor " + n + "\"")));
        var api = Api.open(Options.at(stub.url()))) {
      assertThat(api.people().secrets().map(Fetched::view).map(SecretView::name).limit(2))
          .containsExactly("S1", "S2");
      assertThat(stub.seen()).hasSize(2);
      assertThat(stub.seen().getLast().path()).endsWith("/secrets?limit=200&cursor=cursor%201");
    }
  }

  @Test
  void theLastPageHasNoNext() {
    try (var stub = new Stub((_, it) -> Stub.send(it, 200, page("ONLY", "null")));
        var api = Api.open(Options.at(stub.url()))) {
      var all = api.people().secrets().toList();
      assertThat(all).hasSize(1);
      assertThat(all.getFirst().raw().path("new").asInt()).isEqualTo(1);
    }
  }

  @Test
  void whatIsSentAgainHasTheSameKey() {
    try (var stub =
            new Stub((n, it) -> {
              if (n == 2) Stub.send(it, 503, "{\"code\":\"starting\"}");
              if (n == 3) Stub.send(it, 200, "{}");
            });
        var api = Api.open(Options.at(stub.url()).holdingOnTo(PATIENT))) {
      api.people().setSecret("KEY", "value");
      assertThat(stub.seen()).hasSize(3);
      assertThat(stub.seen().stream().map(Stub.Seen::header).distinct()).hasSize(1);
    }
  }

  @Test
  void nothingIsSentAgainByWhoeverHoldsOnToNothing() {
    try (var stub = new Stub((_, it) -> Stub.send(it, 503, "{\"code\":\"starting\"}"));
        var api = Api.open(Options.at(stub.url()))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> api.people().setSecret("KEY", "value"))
          .returns(503, ApiException::status)
          .returns("starting", ApiException::code);
      assertThat(stub.seen()).hasSize(1);
    }
  }

  /// A node that still does it is no node that is away.
  @Test
  void whatANodeStillWorksOnIsAskedForAgainUnderTheSameKey() {
    try (var stub =
            new Stub((n, it) -> {
              if (n == 1) Stub.send(it, 503, "{\"code\":\"still-working\"}");
              else if (n == 2) Stub.send(it, 409, "{\"code\":\"still-working\"}");
              else Stub.send(it, 200, "{}");
            });
        var api = Api.open(Options.at(stub.url()))) {
      api.people().setSecret("KEY", "value");
      assertThat(stub.seen()).hasSize(3);
      assertThat(stub.seen().stream().map(Stub.Seen::header).distinct()).hasSize(1);
    }
  }

  @Test
  void nobodyWaitsLongerForWorkThanWasSaid() {
    try (var stub = new Stub((_, it) -> Stub.send(it, 503, "{\"code\":\"still-working\"}"));
        var api = Api.open(Options.at(stub.url()).workedOnFor(Duration.ZERO))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> api.people().setSecret("KEY", "value"))
          .returns("still-working", ApiException::code);
      assertThat(stub.seen()).hasSize(1);
    }
  }

  @Test
  void aLoginIsSentOnce() {
    try (var stub = new Stub((_, it) -> Stub.send(it, 503, "{}"));
        var api = Api.open(Options.at(stub.url()).holdingOnTo(PATIENT))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> api.people().login("ada", "a password"));
      assertThat(stub.seen()).hasSize(1);
    }
  }

  @Test
  void whatANodeRemembersByNoKeyIsSentOnce() {
    try (var stub = new Stub((_, it) -> it.close());
        var api = Api.open(Options.at(stub.url()).holdingOnTo(PATIENT))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> api.people().createToken("ci", List.of("viewer"), null, 1));
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> api.people().addUser("ada", "a password", List.of(), null));
      assertThat(stub.seen()).hasSize(2);
    }
  }

  @Test
  void whatIsGoneAfterATryWithoutAnAnswerIsDeleted() {
    try (var stub =
            new Stub((n, it) -> {
              if (n == 2) Stub.send(it, 404, "{\"code\":\"unknown-token\"}");
            });
        var api = Api.open(Options.at(stub.url()).holdingOnTo(PATIENT))) {
      api.people().revoke("tok_1");
      assertThat(stub.seen()).hasSize(2);
    }
  }

  @Test
  void whatWasNeverThereIsNotDeleted() {
    try (var stub =
            new Stub((n, it) ->
                Stub.send(it, n == 1 ? 503 : 404, n == 1 ? "{\"code\":\"reader-behind\"}" : "{}"));
        var api = Api.open(Options.at(stub.url()).holdingOnTo(PATIENT))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> api.people().revoke("tok_1"))
          .returns(404, ApiException::status);
    }
  }

  @Test
  void aListOfEmptyPagesEnds() {
    var page = Json.parse("{\"items\":[],\"next\":\"more\"}", "here");
    var pages = new Pages("here", _ -> page);
    assertThatExceptionOfType(ApiException.class).isThrownBy(() -> pages.tryAdvance(_ -> {}));
  }

  @Test
  void aProblemSaysWhatIsWrongWithWhichField() {
    var problem =
        """
        {"code":"invalid-request","detail":"days: too many",
         "errors":[{"field":"days","message":"too many"},{"field":"name","message":"expected one"}]}
        """;
    try (var stub = new Stub((_, it) -> Stub.send(it, 400, problem));
        var api = Api.open(Options.at(stub.url()))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(api::me)
          .as("what the sentence says already is not said again")
          .withMessage("days: too many\n  name: expected one");
    }
  }

  @Test
  void whatIsNoJsonIsNotUnderstood() {
    try (var stub = new Stub((_, it) -> Stub.send(it, 200, "<html>"));
        var api = Api.open(Options.at(stub.url()))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(api::me)
          .matches(e -> e.failure() instanceof Failure.Misunderstood);
    }
  }

  @Test
  void aCallerMayHaveFailuresOfItsOwn() {
    try (var stub = new Stub((_, it) -> Stub.send(it, 404, "{\"detail\":\"no run\"}"));
        var api =
            Api.open(Options.at(stub.url()).failing(e -> new IllegalStateException(e.code(), e)))) {
      assertThatIllegalStateException().isThrownBy(() -> api.run("run_1"));
    }
  }

  @Test
  void eventsGoOnAfterTheLastThatWasSeen() {
    try (var stub =
            new Stub((n, it) -> {
              it.sendResponseHeaders(200, 0);
              var event =
                  "event: runs\nid: "
                      + n
                      + "\ndata: {\"n\":\ndata: "
                      + n
                      + "}\n\n: hello\n\nevent: ru";
              it.getResponseBody().write(event.getBytes(UTF_8));
            });
        var api = Api.open(Options.at(stub.url()).holdingOnTo(PATIENT))) {
      var heard = new ArrayList<Event>();
      api.events(Set.of("runs"), "run_1")
          .follow(
              "0",
              event -> {
                heard.add(event);
                return heard.size() < 3;
              });
      assertThat(heard).extracting(it -> it.data().path("n").asInt()).containsExactly(1, 2, 3);
      assertThat(stub.seen()).extracting(Stub.Seen::header).containsExactly("0", "1", "2");
      assertThat(stub.seen().getFirst().path()).isEqualTo("/api/v1/events?topics=runs&run=run_1");
    }
  }

  @Test
  void aStreamThatEndsIsAFailureForWhoeverHoldsOnToNothing() {
    try (var stub = new Stub((_, it) -> it.sendResponseHeaders(200, -1));
        var api = Api.open(Options.at(stub.url()))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> api.events(Set.of("runs"), null).follow(null, _ -> true))
          .matches(e -> e.failure() instanceof Failure.Unreachable);
    }
  }
}
