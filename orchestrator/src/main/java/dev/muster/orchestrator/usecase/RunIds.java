package dev.muster.orchestrator.usecase;

import dev.muster.protocol.proof.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Names runs so that they sort by time: `run_`, nine characters of milliseconds, four of chance.
public final class RunIds {
  private static final int RADIX = 36;
  private static final long CHANCE = 36L * 36 * 36 * 36;

  private final InstantSource clock;
  private final RandomGenerator random;

  public RunIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public String next() {
    return of(clock.instant(), random.nextLong(CHANCE));
  }

  /// A request that is repeated after a crash, under its `Idempotency-Key`, asks for the same run:
  /// the key's first use and the key give the name.
  public String forKey(@Nullable String key, @Nullable String firstUse) {
    if (key == null || firstUse == null) return next();
    return of(Instant.parse(firstUse), Math.floorMod(hash(key), CHANCE));
  }

  private static long hash(String key) {
    var digest = Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).getLong();
  }

  private static String of(Instant at, long chance) {
    return "run_" + padded(at.toEpochMilli(), 9) + padded(chance, 4);
  }

  private static String padded(long number, int chars) {
    var text = Long.toString(number, RADIX).toLowerCase(Locale.ROOT);
    return "0".repeat(Math.max(0, chars - text.length())) + text;
  }
}
