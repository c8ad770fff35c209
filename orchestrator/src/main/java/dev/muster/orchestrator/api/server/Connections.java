package dev.muster.orchestrator.api.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The open connections. Nobody is known before their first request, so that the bound cannot be on
/// connections as such: whoever opens them all would lock everybody out. Instead there are few
/// places for those who are not known yet, and when there are too many the group that has most
/// gives way with its oldest: the crowd never outlives somebody who says at once who they are.
///
/// A group is an address, a network of IPv6, or on loopback a user of this machine.
final class Connections {
  static final int STRANGERS_MAX = 256;
  private static final int EACH_MAX = 128;

  private static final int NETWORK_BYTES = 8;

  /// How long a stranger may be silent, or be in the middle of a request.
  static final long SILENCE_MAX_MILLIS = 15_000;

  private static final String LOOPBACK = "loopback";

  private final LongSupplier clockMillis;
  private final Supplier<Map<Integer, String>> localUsers;
  private final Map<Connection, Boolean> strangers = new LinkedHashMap<>();
  private final Map<String, Map<Connection, Boolean>> known = new HashMap<>();

  /// @param localUsers by the port of their end, for connections over loopback
  Connections(LongSupplier clockMillis, Supplier<Map<Integer, String>> localUsers) {
    this.clockMillis = clockMillis;
    this.localUsers = localUsers;
  }

  /// One of them.
  final class Connection {
    private final int port;
    private final Runnable end;
    private String group;
    private @Nullable String name;
    private long heardAtMillis;

    private Connection(InetSocketAddress peer, Runnable end) {
      this.port = peer.getPort();
      this.end = end;
      this.group = groupOf(peer.getAddress());
      this.heardAtMillis = clockMillis.getAsLong();
    }

    /// A whole head of a request has arrived.
    void heard() {
      synchronized (Connections.this) {
        heardAtMillis = clockMillis.getAsLong();
      }
    }

    /// Somebody has said who they are.
    void knownAs(String principal) {
      Connections.this.move(this, principal);
    }

    void closed() {
      Connections.this.remove(this);
    }

    /// The same, after asking which user it is where there is no crowd yet.
    String tellApart() {
      synchronized (Connections.this) {
        if (group.equals(LOOPBACK)) {
          var user = localUsers.get().get(port);
          if (user != null) group = "user " + user;
        }
        return group;
      }
    }

    /// Those who share a place: an address, or a user of this machine.
    String group() {
      synchronized (Connections.this) {
        return group;
      }
    }
  }

  /// @param end closes it; may be called more than once
  Connection open(InetSocketAddress peer, Runnable end) {
    var connection = new Connection(peer, end);
    @Nullable Connection victim;
    synchronized (this) {
      strangers.put(connection, true);
      victim = strangers.size() > STRANGERS_MAX ? oldestOfTheLargestGroup() : null;
      if (victim != null) strangers.remove(victim);
    }
    if (victim != null) victim.end.run();
    return connection;
  }

  private void move(Connection connection, String principal) {
    @Nullable Connection oldest = null;
    synchronized (this) {
      if (principal.equals(connection.name)) return;
      remove(connection);
      connection.name = principal;
      var all = known.computeIfAbsent(principal, _ -> new LinkedHashMap<>());
      all.put(connection, true);
      if (all.size() > EACH_MAX) {
        oldest = all.keySet().iterator().next();
        all.remove(oldest);
      }
    }
    if (oldest != null) oldest.end.run();
  }

  private synchronized void remove(Connection connection) {
    strangers.remove(connection);
    if (connection.name == null) return;
    known.computeIfPresent(
        connection.name,
        (_, all) -> {
          all.remove(connection);
          return all.isEmpty() ? null : all;
        });
  }

  /// Ends strangers that say nothing, or never come to the end of what they say.
  void sweep() {
    List<Connection> silent = new ArrayList<>();
    synchronized (this) {
      var before = clockMillis.getAsLong() - SILENCE_MAX_MILLIS;
      strangers.keySet().removeIf(it -> it.heardAtMillis < before && silent.add(it));
    }
    silent.forEach(it -> it.end.run());
  }

  synchronized int strangers() {
    return strangers.size();
  }

  private Connection oldestOfTheLargestGroup() {
    var sizes = sizes();
    if (isUndecided(sizes)) {
      tellUsersApart();
      sizes = sizes();
    }
    var all = sizes;
    var largest = all.values().stream().max(Integer::compare).orElse(0);
    return strangers.keySet().stream()
        .filter(it -> all.getOrDefault(it.group, 0).equals(largest))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, Integer> sizes() {
    var sizes = new HashMap<String, Integer>();
    strangers.keySet().forEach(it -> sizes.merge(it.group, 1, Integer::sum));
    return sizes;
  }

  /// Whether those of whom nobody has asked yet, if all were of one user, could make another group
  /// the largest. To ask is to read a table of the whole machine, which not each one of a crowd may
  /// cost.
  private static boolean isUndecided(Map<String, Integer> sizes) {
    int unclear = sizes.getOrDefault(LOOPBACK, 0);
    var clear =
        sizes.entrySet().stream()
            .filter(it -> !it.getKey().equals(LOOPBACK))
            .map(Map.Entry::getValue)
            .sorted(Comparator.reverseOrder())
            .toList();
    int largest = clear.isEmpty() ? 0 : clear.get(0);
    int second = clear.size() < 2 ? 0 : clear.get(1);
    return unclear > 0 && second + unclear >= largest;
  }

  private void tellUsersApart() {
    var users = localUsers.get();
    for (var connection : strangers.keySet()) {
      if (!connection.group.equals(LOOPBACK)) continue;
      var user = users.get(connection.port);
      if (user != null) connection.group = "user " + user;
    }
  }

  private static String groupOf(@Nullable InetAddress address) {
    if (address == null) return "unknown";
    if (address.isLoopbackAddress()) return LOOPBACK;
    var bytes = address.getAddress();
    var isNetwork = bytes.length > NETWORK_BYTES;
    return HexFormat.of().formatHex(isNetwork ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
