package dev.muster.orchestrator.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private final AtomicLong now = new AtomicLong();
  private final Map<Integer, String> users = new HashMap<>();
  private final List<String> ended = new ArrayList<>();
  private int asked;
  private final Connections connections =
      new Connections(
          now::get,
          () -> {
            asked++;
            return users;
          });

  private Connections.Connection open(String address, int port) {
    return connections.open(
        new InetSocketAddress(InetAddress.ofLiteral(address), port),
        () -> ended.add(address + ":" + port));
  }

  @Test
  void aCrowdGivesWayToWhoeverComesNext() {
    for (var i = 0; i < 1_000; i++) open("10.0.0.1", 2_000 + i);
    open("10.0.0.2", 1);
    for (var i = 0; i < 1_000; i++) open("10.0.0.1", 4_000 + i);
    assertThat(connections.strangers()).isEqualTo(Connections.STRANGERS_MAX);
    assertThat(ended).doesNotContain("10.0.0.2:1").contains("10.0.0.1:2000");
  }

  @Test
  void anotherUserOfThisMachineIsACrowdOfItsOwn() {
    for (var port = 2_000; port < 3_000; port++) users.put(port, "1002");
    users.put(1, "0");
    open("127.0.0.1", 1);
    for (var port = 2_000; port < 3_000; port++) open("127.0.0." + port % 200, port);
    assertThat(ended).hasSizeGreaterThan(700).doesNotContain("127.0.0.1:1");
  }

  @Test
  void usersAreAskedForOnlyWhenTheyCouldDecide() {
    for (var port = 2_000; port < 4_000; port++) users.put(port, "1002");
    for (var port = 2_000; port < 4_000; port++) open("127.0.0.1", port);
    assertThat(asked).isLessThan(20);
  }

  @Test
  void aCrowdThatIsUnclearYetIsFoundBesideAnother() {
    for (var port = 2_000; port < 2_150; port++) users.put(port, "1002");
    for (var port = 3_000; port < 4_000; port++) users.put(port, "1003");
    for (var port = 2_000; port < 2_150; port++) open("127.0.0.1", port);
    for (var port = 3_000; port < 4_000; port++) open("127.0.0.1", port);
    assertThat(ended.stream().filter(it -> it.compareTo("127.0.0.1:3") < 0)).hasSize(22);
  }

  @Test
  void aNetworkOfIpv6IsOneGroup() {
    open("10.0.0.2", 1);
    for (var i = 0; i < 1_000; i++) open("2001:db8:0:1::" + Integer.toHexString(i + 1), 5);
    assertThat(ended).hasSizeGreaterThan(700).doesNotContain("10.0.0.2:1");
  }

  @Test
  void whoIsKnownIsNotCountedAmongStrangers() {
    for (var i = 0; i < 50; i++) open("10.0.0.1", i).knownAs("operator");
    for (var i = 0; i < 1_000; i++) open("10.0.0.1", 2_000 + i);
    assertThat(ended).noneMatch(it -> it.matches("10.0.0.1:[0-9]{1,2}"));
  }

  @Test
  void onePrincipalHoldsOnlySoMany() {
    for (var i = 0; i < 200; i++) open("10.0.0.1", i).knownAs("bob");
    open("10.0.0.1", 500).knownAs("alice");
    assertThat(ended).hasSize(72).contains("10.0.0.1:0").doesNotContain("10.0.0.1:199");
  }

  @Test
  void whoSaysNothingIsSentAway() {
    open("10.0.0.1", 1);
    var talks = open("10.0.0.1", 2);
    open("10.0.0.1", 3).knownAs("operator");
    now.set(Connections.SILENCE_MAX_MILLIS);
    talks.heard();
    now.set(Connections.SILENCE_MAX_MILLIS + 1);
    connections.sweep();
    assertThat(ended).containsExactly("10.0.0.1:1");
  }

  @Test
  void whatHasClosedIsForgotten() {
    open("10.0.0.1", 1).closed();
    var known = open("10.0.0.1", 2);
    known.knownAs("bob");
    known.closed();
    assertThat(connections.strangers()).isZero();
  }

  @Test
  void linuxTellsTheUserOfASocket() {
    var table =
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:1CE8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1
           1: 0100007F:A3D2 0100007F:1CE8 01 00000000:00000000 00:00000000 00000000  1002        0 2 1
           2: 0100007F:1CE8 0100007F:A3D2 01 00000000:00000000 00:00000000 00000000     0        0 3 1
        """;
    assertThat(LocalPeers.users(0x1CE8, table.lines())).containsExactly(Map.entry(0xA3D2, "1002"));
    assertThat(LocalPeers.users(1, Stream.of("", "nonsense"))).isEmpty();
  }
}
