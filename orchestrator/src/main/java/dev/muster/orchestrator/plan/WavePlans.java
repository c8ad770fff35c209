package dev.muster.orchestrator.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads wave plans. Every fault of a file is reported at once, with its line.
public final class WavePlans {
  public static final String DEFAULT = "five-waves";

  private static final int BYTES_MAX = 256 * 1024;

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

  /// A plan by path, or by the name of one that comes with the program: `five-waves`, `pilot`.
  public static Result find(String nameOrPath) {
    var path = Path.of(nameOrPath);
    if (Files.exists(path)) return read(path);
    if (nameOrPath.matches("[a-z0-9-]+")) return bundled(nameOrPath);
    return new Result.Invalid(
        List.of(nameOrPath + ": there is no such wave plan; try five-waves or pilot"));
  }

  public static Result read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        return new Result.Invalid(List.of(file + ": is larger than " + BYTES_MAX + " bytes"));
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
      config =
          ConfigFactory.parseString(
                  text, ConfigParseOptions.defaults().setOriginDescription(origin))
              .resolve(ConfigResolveOptions.noSystem());
    } catch (ConfigException e) {
      return new Result.Invalid(List.of(String.valueOf(e.getMessage())));
    } catch (StackOverflowError e) {
      return new Result.Invalid(List.of(origin + ": is nested too deep"));
    }
    return new WavePlanReader(origin, config.root()).read();
  }
}
