package dev.muster.cli.cluster;

import dev.muster.cli.session.Jvm;
import dev.muster.cli.session.Pace;
import dev.muster.cli.terminal.Terminal;
import dev.muster.host.settings.SettingsReader.Loaded;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a local cluster is given by the command that handles it.
///
/// @param data the cluster's data folder, absolute
/// @param settings those that hold for its nodes
/// @param environment of this command
/// @param folder the current folder
/// @param cache where programs are kept that other clusters use too
/// @param until when to give up waiting; null: after a time that should do
public record Wiring(
    Path data,
    Loaded settings,
    Map<String, String> environment,
    Path folder,
    Path cache,
    Supplier<Jvm> jvm,
    Pace pace,
    Terminal terminal,
    @Nullable Instant until) {
  public Wiring {
    environment = Map.copyOf(environment);
  }
}
