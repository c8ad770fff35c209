package dev.muster.host.settings;

import dev.muster.host.trust.OwnFiles;
import dev.muster.node.executor.Vault;
import dev.muster.node.models.KeySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the key of a model provider is. None of them shows a key.
public sealed interface ProviderKey extends KeySource {
  /// A longer one is no key.
  int BYTES_MAX = 8 * 1_024;

  /// A variable of the node's own environment.
  ///
  /// @param value null when it is not set
  record OfEnvironment(String name, @Nullable String value) implements ProviderKey {
    @Override
    public String reveal() throws IOException {
      if (value != null && !value.isBlank()) return value.strip();
      throw new IOException("the variable " + name + " is not set where the node was started");
    }

    @Override
    public String words() {
      return "env " + name + (value == null || value.isBlank() ? " (not set)" : "");
    }

    /// Never shows the value.
    @Override
    public String toString() {
      return words();
    }
  }

  /// A file, read anew for each call.
  ///
  /// @param path absolute
  record OfFile(Path path) implements ProviderKey {
    @Override
    public String reveal() throws IOException {
      var problem = OwnFiles.problem(path);
      if (problem != null) {
        throw new IOException(path + " is not read, since it is not yours alone: " + problem);
      }
      if (!Files.isRegularFile(path)) throw new IOException("there is no file " + path);
      if (Files.size(path) > BYTES_MAX) throw new IOException(path + " is too long for a key");
      return Files.readString(path).strip();
    }

    @Override
    public String words() {
      return "file " + path;
    }
  }

  /// A value of the secrets store.
  ///
  /// @param vault null as long as no database is open
  record OfVault(String name, @Nullable Vault vault) implements ProviderKey {
    @Override
    public String reveal() throws IOException {
      if (vault == null) throw new IOException("the secrets store is not open");
      return vault.reveal(name);
    }

    @Override
    public String words() {
      return "secret " + name;
    }
  }

  /// With the store that has been opened.
  static KeySource opened(KeySource key, Vault vault) {
    return key instanceof OfVault(var name, _) ? new OfVault(name, vault) : key;
  }
}
