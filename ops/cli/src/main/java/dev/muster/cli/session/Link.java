package dev.muster.cli.session;

import dev.muster.cli.session.Sessions.Need;
import dev.muster.client.Api;
import dev.muster.host.HostedNode;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A verb's tie to a node. It may be tied anew, since the node of another command ends with that
/// command, and whoever still needs one then carries on.
public final class Link implements AutoCloseable {
  private final Sessions sessions;
  private final Runnable forgetInterrupt;
  private volatile Runnable farewell = () -> {};
  private volatile Runnable beforeWords = () -> {};
  private volatile boolean interrupted;
  private final Consumer<String> say;
  private final Outage.Words words =
      new Outage.Words() {
        @Override
        public void say(String sentence) {
          beforeWords.run();
          say.accept(sentence);
        }

        @Override
        public boolean over() {
          return interrupted;
        }
      };
  private Connection connection;

  private Link(Sessions sessions, Need need, Interrupts interrupts, Consumer<String> say) {
    this.sessions = sessions;
    this.say = say;
    this.connection = sessions.open(need, words);
    this.forgetInterrupt = interrupts.onInterrupt(this::interrupt);
  }

  /// @param say what is to be told when a node is lost, and when one is found
  public static Link open(
      Sessions sessions, Need need, Interrupts interrupts, Consumer<String> say) {
    return new Link(sessions, need, interrupts, say);
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
    return hosted() == null && !sessions.waits() && !interrupted;
  }

  /// @throws dev.muster.host.refusal.Refusal when there is no other
  public synchronized void reopen(Need need) {
    connection.close();
    connection = sessions.open(need, words);
  }

  /// Whoever asked for the node gets it once nothing runs here any more, and this process goes on
  /// as one that watches.
  ///
  /// @param longest how long what runs may keep the other waiting
  public void handOver(Duration longest) {
    var hosted = hosted();
    if (hosted == null) return;
    hosted.settle(longest);
    synchronized (this) {
      if (interrupted) return;
      connection.close();
      connection = sessions.follow(words);
    }
  }

  /// What has to make way when something is said about the node, such as a progress bar.
  public void beforeWords(Runnable action) {
    this.beforeWords = action;
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
