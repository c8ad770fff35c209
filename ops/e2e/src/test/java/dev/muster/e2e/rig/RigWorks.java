package dev.muster.e2e.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The tools of the campaign do what they say: a database that survives its deaths, and links that
/// can be cut.
class RigWorks {
  @TempDir Path folder;

  static Stream<Network> networks() {
    return Namespaces.available()
        ? Stream.of(new Namespaces(), new LoopbackNetwork())
        : Stream.of(new LoopbackNetwork());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theDatabaseKeepsWhatItHadThroughEveryWayToStop(Network network) throws Exception {
    try (network;
        var postgres = new Postgres(network.join("db"), folder)) {
      network.publish("db", Postgres.PORT);
      postgres.start();
      try (var connection = postgres.connect();
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept (how TEXT)");
      }
      for (var how : Postgres.Stop.values()) {
        try (var connection = postgres.connect();
            var statement = connection.createStatement()) {
          statement.execute("INSERT INTO kept VALUES ('" + how + "')");
        }
        postgres.stop(how);
        postgres.start();
      }
      try (var connection = postgres.connect();
          var statement = connection.createStatement();
          var found = statement.executeQuery("SELECT count(*) FROM kept")) {
        found.next();
        assertThat(found.getInt(1)).isEqualTo(Postgres.Stop.values().length);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aCutLinkIsSilentBothWaysAndHeals(Network network) throws Exception {
    try (network) {
      var one = network.join("one");
      var other = network.join("other");
      network.publish("other", 9_100);
      var server = start(other, "python3 -m http.server 9100 --bind " + other.listen());
      network.moveIn("other", server.pid());
      try {
        assertThat(reaches(network, one, other, 20)).isTrue();
        network.cut("one", "other");
        assertThat(reaches(network, one, other, 1)).isFalse();
        network.heal("one", "other");
        assertThat(reaches(network, one, other, 20)).isTrue();
      } finally {
        server.destroyForcibly();
      }
    }
  }

  /// Several tries: a server starts, and a healed link may need a moment.
  private static boolean reaches(Network network, Place from, Place to, int triesMax)
      throws Exception {
    for (var tries = 0; tries < triesMax; tries++) {
      var fetch =
          start(
              from,
              "sleep 0.3; exec python3 -c \"import urllib.request as u; u.urlopen('http://%s:9100', timeout=2)\""
                  .formatted(to.address()));
      network.moveIn("one", fetch.pid());
      if (fetch.waitFor() == 0) return true;
    }
    return false;
  }

  private static Process start(Place place, String script) throws Exception {
    var line = new java.util.ArrayList<>(place.prefix());
    line.addAll(List.of("bash", "-c", script.contains(";") ? script : "exec " + script));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
