package dev.muster.orchestrator.journal.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// Bytes that repeat themselves, such as records with the names of their fields, made short.
public final class Deflated {
  private Deflated() {}

  public static byte[] of(byte[] bytes) {
    var deflated = new ByteArrayOutputStream();
    try (var deflater = new Deflater(Deflater.BEST_SPEED);
        var to = new DeflaterOutputStream(deflated, deflater)) {
      to.write(bytes);
      to.finish();
      return deflated.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Throws `UncheckedIOException` when these are no such bytes.
  public static byte[] inflate(byte[] deflated) {
    try (var from = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return from.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
