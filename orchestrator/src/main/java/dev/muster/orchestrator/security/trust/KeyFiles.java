package dev.muster.orchestrator.security.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/// Keys that an operator hands out as files (PEM), such as secrets mounted into a container. They
/// are read anew each time, so that new ones need no restart.
///
/// @param certificate the node's own first, then those between it and the authority
/// @param key of the first certificate
/// @param authorities one or, while they change, several
public record KeyFiles(Path certificate, Path key, Path authorities) implements KeySource {
  private static final long BYTES_MAX = 1 << 20;

  @Override
  public NodeKeys current() throws GeneralSecurityException {
    var chain = read(certificate, Pem::certificates);
    var like = chain.getFirst().getPublicKey();
    var secret = read(key, text -> Pem.privateKey(text, like));
    return new NodeKeys(secret, chain, read(authorities, Pem::certificates));
  }

  @FunctionalInterface
  private interface Parser<T> {
    T of(String text) throws GeneralSecurityException;
  }

  private static <T> T read(Path file, Parser<T> parser) throws GeneralSecurityException {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new GeneralSecurityException(file + ": expected at most 1 MiB of PEM");
      }
      return parser.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new GeneralSecurityException("cannot read " + file + ": " + e, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new GeneralSecurityException(file + ": " + e.getMessage(), e);
    }
  }
}
