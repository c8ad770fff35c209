package dev.muster.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// For users who may not make namespaces: loopback addresses, with a proxy of our own in front of
/// every published port. A proxy finds out by the port of a caller which process it is.
final class LoopbackNetwork implements Network {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final Map<Long, String> residents = new ConcurrentHashMap<>();
  private final Set<Link> cuts = ConcurrentHashMap.newKeySet();
  private final List<Proxy> proxies = new ArrayList<>();

  /// Two rigs at once must not meet.
  private final int block = (int) (ProcessHandle.current().pid() % 200) + 20;

  private record Link(String one, String other) {
    static Link between(String one, String other) {
      return one.compareTo(other) < 0 ? new Link(one, other) : new Link(other, one);
    }
  }

  @Override
  public Place join(String name) {
    var number = numbers.size() + 1;
    numbers.put(name, number);
    return new Place(name, listen(number), address(number), List.of());
  }

  private String listen(int number) {
    return "127." + block + ".1." + number;
  }

  private String address(int number) {
    return "127." + block + ".2." + number;
  }

  @Override
  public void publish(String name, int port) {
    var number = numbers.get(name);
    if (number == null) throw new IllegalArgumentException("there is no place " + name);
    try {
      proxies.add(new Proxy(address(number), listen(number), port, caller -> open(caller, name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether bytes get through now.
  private boolean open(long caller, String to) {
    var from = residents.get(caller);
    return from == null || from.equals(to) || !cuts.contains(Link.between(from, to));
  }

  @Override
  public void moveIn(String name, long pid) {
    residents.values().removeIf(name::equals);
    residents.put(pid, name);
    proxies.forEach(proxy -> proxy.know(residents.keySet()));
  }

  @Override
  public void cut(String one, String other) {
    cuts.add(Link.between(one, other));
  }

  @Override
  public void heal(String one, String other) {
    cuts.remove(Link.between(one, other));
  }

  @Override
  public String description() {
    return "a TCP proxy on loopback in front of each node and of the database";
  }

  @Override
  public void close() {
    proxies.forEach(Proxy::close);
    proxies.clear();
  }
}
