package dev.muster.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.sql.SqlSource;
import dev.muster.node.sql.SqlSource.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlReaderTest {
  @TempDir Path folder;

  private UserFile file() {
    return new UserFile(folder, Map.of("ORDERS_PASSWORD", "hush-hush"));
  }

  private List<SqlSource> read(String user) throws IOException {
    return file().read(user).outside().sources();
  }

  private List<String> problems(String user) throws IOException {
    return file().problems(user);
  }

  @Test
  void everythingThatCanBeSaidIsTaken() throws IOException {
    var sources =
        read(
            """
            agents.sql.orders {
              url = "jdbc:postgresql://db.example/orders?sslmode=verify-full", user = reader
              password = "env:ORDERS_PASSWORD", rows-max = 50, chars-max = 9000, time-max = 5s
            }
            agents.sql.local { url = "jdbc:postgresql:local" }
            """);
    var orders = sources.getFirst();
    assertThat(orders.url()).endsWith("/orders?sslmode=verify-full");
    assertThat(orders.user()).isEqualTo("reader");
    assertThat(orders.password().reveal()).isEqualTo("hush-hush");
    assertThat(orders.toString()).doesNotContain("hush-hush");
    assertThat(orders.limits()).isEqualTo(new Limits(50, 9_000, Duration.ofSeconds(5)));
    assertThat(sources.getLast().user()).isNull();
    assertThat(sources.getLast().limits()).isEqualTo(Limits.STANDARD);
    assertThat(read("")).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsSaid() throws IOException {
    assertThat(
            problems(
                """
                agents.sql.a { colour = red }
                agents.sql.b { url = "jdbc:h2:file:/d/x", rows-max = 0, time-max = 1ms }
                agents.sql.c { url = "jdbc:postgresql://h/d?socketFactory=x.Y", password = hush-hush }
                agents.sql.d { url = "jdbc:postgresql://h/d?password=hush-hush" }
                """))
        .anyMatch(it -> it.contains("there is no setting `agents.sql.a.colour`"))
        .anyMatch(it -> it.contains("sql.a.url: expected a server of PostgreSQL"))
        .anyMatch(it -> it.contains("sql.b.url: expected a server of PostgreSQL"))
        .anyMatch(it -> it.contains("sql.b.rows-max: expected a whole number from 1 to 10000"))
        .anyMatch(it -> it.contains("sql.b.time-max: expected 100ms or more"))
        .anyMatch(it -> it.contains("sql.c.url: expected a URL with no other settings"))
        .anyMatch(it -> it.contains("sql.c.password: expected where it is, not what it is"))
        .anyMatch(it -> it.contains("sql.d.url: expected a URL with no other settings"))
        .noneMatch(it -> it.contains("hush-hush"));
    assertThat(problems("agents.sql = 5")).hasSize(1);
  }

  @Test
  void noFolderSaysWhatIsReachedFromHere() throws IOException {
    Files.writeString(
        folder.resolve("muster.conf"), "agents.sql.x.url = \"jdbc:postgresql://evil/x\"\n");
    assertThat(problems(""))
        .singleElement()
        .asString()
        .contains("a folder's own file may not set `agents.sql`");
  }
}
