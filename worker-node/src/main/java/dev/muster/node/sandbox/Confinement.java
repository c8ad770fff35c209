package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a script is set apart from the host: what starts it in namespaces of its own, where it sees
/// its [JobView] and nothing else, and dies with the process that was started.
interface Confinement {
  SandboxKind kind();

  Isolation isolation();

  /// Of this node, which no script ever sees.
  Path dataFolder();

  /// What it reads from an open file, `Prelude.FILE_FD`; null when it needs none.
  default @Nullable Path file() {
    return null;
  }

  /// Whether the script becomes another user.
  default boolean switchesUser() {
    return isolation() == Isolation.ANOTHER_USER;
  }

  /// Whether the program that makes it needs more rights than this node has.
  default boolean gainsPrivileges() {
    return false;
  }

  /// The command behind the filter of system calls, where the sandbox does not put it on by itself.
  default List<String> filtered(List<String> command) {
    return command;
  }

  /// Whether it hands the input of its shell on to what is inside, which can then wait for leave.
  default boolean waitsForLeave() {
    return false;
  }

  /// What people should know of it beyond its isolation; empty when there is nothing.
  default String caveat() {
    return "";
  }

  /// What can stand for the `/etc` of its steps; null when it puts that together by itself.
  default @Nullable EtcFolder etc(boolean network) {
    return null;
  }

  /// @param inside the command to run in there
  /// @param etc that was laid for it; null when there is none
  Start start(Job job, List<String> inside, @Nullable SeenEtc etc) throws IOException;

  /// One start of one job.
  sealed interface Start extends AutoCloseable permits Start.Plain, UtilLinuxStart {
    List<String> command();

    /// Asked after the end: whether the sandbox was complete and the command was started in it.
    boolean began();

    /// Asked after the end, when it did not begin: whether another try may.
    boolean mayBegin();

    @Override
    void close();

    /// Nothing to prepare, and nothing to ask: the program does all by itself.
    record Plain(List<String> command) implements Start {
      @Override
      public boolean began() {
        return true;
      }

      @Override
      public boolean mayBegin() {
        return false;
      }

      @Override
      public void close() {}
    }
  }
}
