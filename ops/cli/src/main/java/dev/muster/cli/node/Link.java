package dev.muster.cli.node;

import dev.muster.cli.client.Api;
import dev.muster.cli.node.Sessions.Need;
import org.jspecify.annotations.Nullable;

/// A verb's tie to a node. It may be tied anew, since the node of another command ends with that
/// command, and whoever still needs one then carries on.
public final class Link implements AutoCloseable {
  private final Sessions sessions;
  private final Runnable forgetInterrupt;
  private volatile Runnable farewell = () -> {};
  private volatile boolean interrupted;
  private Connection connection;

  private Link(Sessions sessions, Connection connection, Interrupts interrupts) {
    this.sessions = sessions;
    this.connection = connection;
    this.forgetInterrupt = interrupts.onInterrupt(this::interrupt);
  }

  public static Link open(Sessions sessions, Need need, Interrupts interrupts) {
    return new Link(sessions, sessions.open(need), interrupts);
  }

  public Api api() {
    return current().api();
  }

  /// The node in this process; null when another process hosts it.
  public @Nullable HostedNode hosted() {
    return current().hosted();
  }

  private synchronized Connection current() {
    return connection;
  }

  /// True when the node is gone and another may be found or started in its place.
  public boolean mayReopen() {
    return hosted() == null && !sessions.named() && !interrupted;
  }

  /// @throws dev.muster.cli.terminal.Refusal when there is no other
  public synchronized void reopen(Need need) {
    connection.close();
    connection = sessions.open(need);
  }

  /// What to say when the process is told to end.
  public void farewell(Runnable farewell) {
    this.farewell = farewell;
  }

  /// True once the process was told to end; what fails from then on is no news.
  public boolean interrupted() {
    return interrupted;
  }

  private void interrupt() {
    interrupted = true;
    farewell.run();
    current().close();
  }

  @Override
  public void close() {
    forgetInterrupt.run();
    current().close();
  }
}
