package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.jdbc.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSchemaTest {
  private static final Path LIST = Path.of("src/main/resources/db/h2.list");

  @TempDir private Path data;

  private DataSource database(String name) {
    var source = new JdbcDataSource();
    source.setURL(DatabaseSettings.embedded(data.resolve(name)).url());
    return source;
  }

  private static Flyway flyway(DataSource database) {
    return Flyway.configure()
        .dataSource(database)
        .locations("classpath:db/h2", "classpath:db/migration")
        .load();
  }

  private static boolean stands(DataSource database) {
    return Rows.of(database, "it").read(EmbeddedSchema::stands);
  }

  /// Everything that is defined and written, without the times.
  private static List<String> content(DataSource database) {
    return Rows.of(database, "it")
        .all("SCRIPT NOPASSWORDS NOSETTINGS", row -> row.getString(1))
        .stream()
        .map(line -> line.replaceAll("TIMESTAMP '[^']*', \\d+, TRUE", "AT"))
        .sorted()
        .toList();
  }

  /// `-Dgolden.write=true` writes the list anew.
  @Test
  void itIsWhatFlywayMakes() throws Exception {
    var byFlyway = database("flyway");
    flyway(byFlyway).migrate();
    var list =
        Arrays.stream(flyway(byFlyway).info().applied())
            .map(it ->
                String.join(
                    "\t",
                    it.getVersion().getVersion(),
                    it.getDescription(),
                    folder(it.getScript()) + "/" + it.getScript(),
                    String.valueOf(it.getChecksum())))
            .collect(Collectors.joining("\n", "", "\n"));
    if (Boolean.getBoolean("golden.write")) Files.writeString(LIST, list);
    assertThat(Files.readString(LIST)).isEqualTo(list);

    var own = database("own");
    assertThat(stands(own)).isTrue();
    assertThat(content(own)).isEqualTo(content(byFlyway));
    assertThat(flyway(own).migrate().migrationsExecuted).isZero();
    assertThat(stands(own)).isTrue();
    assertThat(stands(byFlyway)).isTrue();
  }

  private static String folder(String script) {
    return EmbeddedSchema.class.getResource("/db/h2/" + script) == null ? "migration" : "h2";
  }

  @Test
  void oneThatWasKilledWhileItWasMadeIsMadeAnew() {
    var whole = database("whole");
    assertThat(stands(whole)).isTrue();
    var killed = database("killed");
    var rows = Rows.of(killed, "it");
    rows.update("CREATE TABLE schema_unfinished (id INT)");
    rows.update("CREATE TABLE event_journal (id INT)");
    assertThat(stands(killed)).isTrue();
    assertThat(content(killed)).isEqualTo(content(whole));
  }

  @Test
  void whatHasAnEventIsNeverDropped() {
    var marked = database("marked");
    var rows = Rows.of(marked, "it");
    rows.update("CREATE TABLE schema_unfinished (id INT)");
    rows.update("CREATE TABLE event_journal (id INT)");
    rows.update("INSERT INTO event_journal VALUES (1)");
    assertThat(stands(marked)).isFalse();
    assertThat(rows.update("UPDATE event_journal SET id = 2")).isEqualTo(1);
  }

  @Test
  void whatIsOlderOrNotItsOwnIsLeftToFlyway() {
    var older = database("older");
    flyway(older).migrate();
    Rows.of(older, "it").update("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '25'");
    assertThat(stands(older)).isFalse();

    var changed = database("changed");
    flyway(changed).migrate();
    Rows.of(changed, "it").update("UPDATE \"flyway_schema_history\" SET \"checksum\" = 1");
    assertThat(stands(changed)).isFalse();

    var foreign = database("foreign");
    Rows.of(foreign, "it").update("CREATE TABLE theirs (id INT)");
    assertThat(stands(foreign)).isFalse();
    assertThat(content(foreign).toString()).contains("theirs");
  }
}
