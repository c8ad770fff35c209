package dev.muster.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Others that carry durable workers out: `ops/bench/rivals`.
final class Rivals {
  static final List<String> NAMES = List.of("dbos", "db-scheduler");

  private Rivals() {}

  static List<Engine> on(Server server, Path home) {
    var target = home.resolve("ops/bench/rivals/target");
    try {
      var path = target.resolve("classes") + ":" + Files.readString(target.resolve("class-path"));
      return List.of(
          new JdbcEngine("dbos", path, "dev.muster.rival.Dbos", server),
          new JdbcEngine("db-scheduler", path, "dev.muster.rival.DbScheduler", server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
