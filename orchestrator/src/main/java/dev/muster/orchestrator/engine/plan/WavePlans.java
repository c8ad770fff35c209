package dev.muster.orchestrator.engine.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads wave plans. Every fault of a file is reported at once, with its line.
public final class WavePlans {
  public static final String DEFAULT = "five-waves";

  private WavePlans() {}

  /// The outcome of reading a wave plan.
  public sealed interface Result {
    record Valid(WavePlanConfig config) implements Result {}

    /// @param problems one sentence each, with file and line
    record Invalid(List<String> problems) implements Result {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  /// The default plan, which comes with the program.
  public static WavePlanConfig fiveWaves() {
    return switch (bundled(DEFAULT)) {
      case Result.Valid(var config) -> config;
      case Result.Invalid(var problems) -> throw new IllegalStateException(problems.toString());
    };
  }

  /// A plan by path, or by the name of one that comes with the program: `five-waves`, `pilot`. A
  /// file of such a name in the current folder does not take its place.
  public static Result find(String nameOrPath) {
    if (isBundled(nameOrPath)) return bundled(nameOrPath);
    var path = Path.of(nameOrPath);
    if (Files.exists(path)) return read(path);
    return new Result.Invalid(
        List.of(nameOrPath + ": there is no such wave plan; try five-waves or pilot"));
  }

  public static boolean isBundled(String name) {
    return name.matches("[a-z0-9-]+")
        && WavePlans.class.getResource("/waves/" + name + ".conf") != null;
  }

  public static Result read(Path file) {
    if (!Files.isRegularFile(file)) {
      return new Result.Invalid(List.of(file + ": expected a file, found something else"));
    }
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(PlainHocon.BYTES_MAX + 1);
      if (bytes.length > PlainHocon.BYTES_MAX) {
        return new Result.Invalid(
            List.of(file + ": is larger than " + PlainHocon.BYTES_MAX + " bytes"));
      }
      return parse(file.toString(), new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Result.Invalid(List.of(file + ": cannot be read: " + e.getMessage()));
    }
  }

  private static Result bundled(String name) {
    try (var in = WavePlans.class.getResourceAsStream("/waves/" + name + ".conf")) {
      if (in == null) {
        return new Result.Invalid(
            List.of(name + ": there is no such wave plan; try five-waves or pilot"));
      }
      return parse(name + ".conf", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param origin how messages call the text
  public static Result parse(String origin, String text) {
    Config config;
    try {
      config = PlainHocon.parse(origin, text);
    } catch (ConfigException e) {
      return new Result.Invalid(List.of(String.valueOf(e.getMessage())));
    }
    return new WavePlanReader(origin, config.root()).read();
  }
}
