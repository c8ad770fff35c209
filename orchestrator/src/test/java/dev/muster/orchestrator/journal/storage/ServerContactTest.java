package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerContactTest {
  @Test
  void nobodyListening() throws Exception {
    int port;
    try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    assertThat(problem("127.0.0.1:" + port))
        .isEqualTo(
            "the database at 127.0.0.1:%d refuses the connection: no server listens there", port);
  }

  @Test
  void aHostThatNobodyKnows() {
    assertThat(problem("no-such-host.invalid:5432"))
        .isEqualTo(
            "the database at no-such-host.invalid:5432 cannot be found: nobody knows that host"
                + " name");
  }

  @Test
  void aServerThatSaysNothingIsGivenUpWithinSeconds() throws Exception {
    try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var began = System.nanoTime();
      var said = problem("127.0.0.1:" + mute.getLocalPort());
      assertThat(said).contains("does not answer within 3 s");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
    }
  }

  private static String problem(String place) {
    var url = "jdbc:postgresql://" + place + "/muster";
    return String.valueOf(ServerContact.problem(new DatabaseSettings(url, "u", "secret")));
  }
}
