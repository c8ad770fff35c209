package dev.muster.orchestrator.journal.collection;

/// Which digests are named somewhere, in 8 MiB however many they are: never says no of one that was
/// marked, and yes of one in 100,000 others when a million are marked (of one in 25 at ten
/// million), which then stay. A Bloom filter (B. H. Bloom, 1970); a digest is its own hash.
final class Marks {
  private static final int BITS = 1 << 26;
  private static final int PROBES = 4;
  private static final int PROBE_DIGITS = 8;

  private final long[] words = new long[BITS / Long.SIZE];

  /// @param text holds 64 lower-case hexadecimal digits
  /// @param at where they begin
  void add(byte[] text, int at) {
    for (var probe = 0; probe < PROBES; probe++) {
      var bit = bit(text, at + probe * PROBE_DIGITS);
      words[bit / Long.SIZE] |= 1L << bit;
    }
  }

  boolean mayHave(byte[] text, int at) {
    for (var probe = 0; probe < PROBES; probe++) {
      var bit = bit(text, at + probe * PROBE_DIGITS);
      if ((words[bit / Long.SIZE] & 1L << bit) == 0) return false;
    }
    return true;
  }

  private static int bit(byte[] text, int at) {
    var number = 0;
    for (var i = at; i < at + PROBE_DIGITS; i++) {
      number = number << 4 | Character.digit((char) text[i], 16);
    }
    return number & BITS - 1;
  }
}
