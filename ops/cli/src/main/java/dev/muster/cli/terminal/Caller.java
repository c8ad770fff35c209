package dev.muster.cli.terminal;

import dev.muster.host.trust.StateFolder;
import java.nio.file.Path;
import java.util.Map;

/// Who started this process, and from where. Only `Main` looks; everybody else is told.
///
/// @param folder the current folder, absolute
/// @param home the folder that holds the bundled `instructions` and `waves`
/// @param terminals which of the three streams are terminals
/// @param window of the terminal, as it is when asked
public record Caller(
    Map<String, String> environment, Path folder, Path home, Terminals terminals, Window window) {
  public Caller {
    environment = Map.copyOf(environment);
  }

  /// 0 where no terminal says.
  public interface Window {
    Window NONE =
        new Window() {
          @Override
          public int columns() {
            return 0;
          }

          @Override
          public int rows() {
            return 0;
          }
        };

    int columns();

    int rows();
  }

  /// The launcher looks, because a JVM cannot tell the three apart.
  public record Terminals(boolean in, boolean out, boolean err) {
    public static final Terminals NONE = new Terminals(false, false, false);

    /// @param descriptors those that are terminals, such as `012`
    public static Terminals of(String descriptors) {
      return new Terminals(
          descriptors.contains("0"), descriptors.contains("1"), descriptors.contains("2"));
    }
  }

  public Path userFile() {
    return ours("XDG_CONFIG_HOME", ".config").resolve("muster.conf");
  }

  /// What may be thrown away, and is kept for all data folders of this user.
  public Path cacheFolder() {
    return ours("XDG_CACHE_HOME", ".cache");
  }

  /// What Muster remembers for this user, and by default the data of all projects.
  public StateFolder state() {
    return new StateFolder(ours("XDG_STATE_HOME", ".local/state"));
  }

  /// The specification has relative values ignored; they would lead into whatever folder this is.
  private Path ours(String variable, String below) {
    var given = environment.getOrDefault(variable, "");
    var base =
        given.startsWith("/")
            ? Path.of(given)
            : Path.of(environment.getOrDefault("HOME", "/"), below);
    return Path.of("/").resolve(base).normalize().resolve("muster");
  }
}
