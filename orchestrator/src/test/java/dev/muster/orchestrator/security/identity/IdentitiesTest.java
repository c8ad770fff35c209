package dev.muster.orchestrator.security.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentitiesTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path data;
  private Database database;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Identities all;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseSettings.embedded(data), data);
    all = Identities.of(database.source(), Known.NOBODY, 4, () -> now);
    all.users().add("alice", PASSWORD, Set.of(Role.OPERATOR), "audit", "operator");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Principal alice() {
    return Objects.requireNonNull(all.users().principal("alice"));
  }

  @Test
  void nothingThatProvesSomethingIsStored() throws Exception {
    var token = all.tokens().create(alice(), "ci", Set.of(Role.VIEWER), null, Duration.ofDays(1));
    var session = all.sessions().open(alice(), null);
    try (var connection = database.source().getConnection();
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT password FROM identity_user UNION ALL SELECT hash FROM identity_token"
                        + " UNION ALL SELECT hash FROM identity_session UNION ALL"
                        + " SELECT csrf_hash FROM identity_session")) {
      while (rows.next()) {
        assertThat(rows.getString(1))
            .doesNotContain(PASSWORD, session.cookie(), session.csrf())
            .doesNotContain(token.token().split("_", 3)[2]);
      }
    }
  }

  @Test
  void aPasswordLetsItsUserInAndNobodyElse() {
    assertThat(all.users().login("alice", PASSWORD)).isEqualTo(alice());
    assertThat(all.users().login("alice", PASSWORD + "x")).isNull();
    assertThat(all.users().login("bob", PASSWORD)).isNull();
    assertThat(all.users().login("bob", "nobody has this password")).isNull();
    assertThat(all.users().login("alice", PASSWORD + "y".repeat(100))).isNull();
    all.users().disable("alice", true);
    assertThat(all.users().login("alice", PASSWORD)).isNull();
    all.users().disable("alice", false);
    assertThat(all.users().login("alice", PASSWORD)).isNotNull();
  }

  @Test
  void whatLiesBehindTheReachOfBcryptIsNoPassword() {
    assertThat(Passwords.refusal("ä".repeat(37))).isEqualTo("at most 72 bytes");
    assertThat(Passwords.refusal("short")).isEqualTo("at least 10 characters");
    assertThat(Passwords.refusal(PASSWORD)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "alice, true", "a.b-c_1, true", "operator, false", "muster, false", "Alice, false",
    "token:ci, false", "oidc:x, false", "'', false", "1a, false", "' alice', false"
  })
  void namesCannotBeMistaken(String name, boolean isName) {
    assertThat(Users.isName(name)).isEqualTo(isName);
  }

  @Test
  void thereIsOneUserOfAName() {
    assertThat(all.users().add("alice", PASSWORD, Set.of(Role.ADMIN), null, "x")).isFalse();
    assertThat(alice().roles()).containsExactly(Role.OPERATOR);
  }

  @Test
  void aTokenGivesNoMoreThanItsMakerHasAtTheTime() {
    var made = all.tokens().create(alice(), "ci", Set.of(Role.ADMIN), null, Duration.ofDays(1));
    var holder = Objects.requireNonNull(all.by(made.token()));
    assertThat(holder.roles()).isEmpty();
    assertThat(holder.workforce()).isEqualTo("audit");
    assertThat(holder.person()).isEqualTo("alice");
    all.users().disable("alice", true);
    assertThat(all.by(made.token())).isNull();
  }

  @Test
  void aTokenEnds() {
    var made =
        all.tokens().create(Principal.OWNER, "ci", Set.of(Role.VIEWER), null, Duration.ofDays(1));
    assertThat(all.by(made.token())).isNotNull();
    assertThat(all.by(made.token().replaceFirst(".$", "g"))).isNull();
    assertThat(all.by(flipped(made.token()))).isNull();
    now = now.plus(Duration.ofDays(1));
    assertThat(all.by(made.token())).isNull();
    now = now.minusSeconds(1);
    all.tokens().revoke(made.row().id());
    assertThat(all.by(made.token())).isNull();
    assertThat(all.tokens().all(null)).extracting(ApiToken::name).isEqualTo(List.of("ci"));
  }

  private static String flipped(String token) {
    var last = token.charAt(token.length() - 1);
    return token.substring(0, token.length() - 1) + (last == '0' ? '1' : '0');
  }

  @Test
  void aWebTokenSaysWhoAndNothingElse() {
    var token = all.webTokens().issue(alice());
    assertThat(all.by(token)).isEqualTo(alice());
    all.users().disable("alice", true);
    assertThat(all.by(token)).isNull();
    all.users().disable("alice", false);
    now = now.plus(WebTokens.LIFE).plusSeconds(1);
    assertThat(all.by(token)).isNull();
  }

  @Test
  void aForgedWebTokenIsNone() {
    var parts = all.webTokens().issue(alice()).split("\\.", 3);
    var none =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(all.by(none + "." + parts[1] + ".")).isNull();
    assertThat(all.by(parts[0] + "." + parts[1] + "." + flipped(parts[2]) + "A")).isNull();
    assertThat(all.by(parts[0] + "." + parts[1] + ".")).isNull();
    assertThat(all.by("..")).isNull();
    assertThat(all.by("a.b.c")).isNull();
  }

  @Test
  void aNewPasswordEndsWhatTheOldOneOpened() {
    var token = all.webTokens().issue(alice());
    var session = all.sessions().open(alice(), null);
    now = now.plusSeconds(10);
    all.users().password("alice", "another long password");
    assertThat(all.by(token)).isNull();
    assertThat(all.sessions().by(session.cookie(), session.csrf(), false)).isNull();
  }

  @Test
  void aCookieAloneChangesNothing() {
    var session = all.sessions().open(Principal.OWNER, null);
    assertThat(all.sessions().by(session.cookie(), null, false)).isEqualTo(Principal.OWNER);
    assertThat(all.sessions().by(session.cookie(), null, true)).isNull();
    assertThat(all.sessions().by(session.cookie(), "x", true)).isNull();
    assertThat(all.sessions().by(session.cookie(), session.csrf(), true))
        .isEqualTo(Principal.OWNER);
    assertThat(all.sessions().by("x", session.csrf(), false)).isNull();
  }

  @Test
  void aSessionEnds() {
    var session = all.sessions().open(alice(), null);
    now = now.plus(Sessions.LIFE);
    assertThat(all.sessions().by(session.cookie(), null, false)).isNull();
    var second = all.sessions().open(alice(), null);
    all.sessions().close(second.cookie());
    assertThat(all.sessions().by(second.cookie(), null, false)).isNull();
  }

  @Test
  void aSessionOfATokenEndsWithTheToken() {
    var made =
        all.tokens().create(Principal.OWNER, "x", Set.of(Role.VIEWER), null, Duration.ofDays(1));
    var holder = Objects.requireNonNull(all.by(made.token()));
    var session = all.sessions().open(holder, made.token());
    assertThat(all.sessions().by(session.cookie(), null, false)).isEqualTo(holder);
    all.tokens().revoke(made.row().id());
    assertThat(all.sessions().by(session.cookie(), null, false)).isNull();
  }
}
