package dev.muster.e2e.rig;

/// The links between the processes of a rig. Everything it made is gone after `close`.
public interface Network extends AutoCloseable {
  /// A resource lock: the addresses of `loopback` are those of this JVM.
  String LOOPBACK = "the loopback network";

  /// A new place with links to all others.
  Place join(String name);

  /// Something listens at this port of a place, and others will want to reach it.
  void publish(String name, int port);

  /// The process that now lives there.
  void moveIn(String name, long pid);

  /// From now on nothing gets from one to the other, either way, and nobody is told.
  void cut(String one, String other);

  void heal(String one, String other);

  /// For the report.
  String description();

  @Override
  void close();

  /// `-Drig.network=loopback` asks for the second best where the best could be had.
  static Network open() {
    var namespaces =
        !System.getProperty("rig.network", "").equals("loopback") && Namespaces.available();
    return namespaces ? new Namespaces() : loopback();
  }

  /// For nodes that must reach what listens on this machine's own loopback.
  static Network loopback() {
    return new LoopbackNetwork();
  }
}
