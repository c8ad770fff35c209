package dev.muster.orchestrator.security.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.proof.Sha256;
import java.util.Iterator;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// How entries hang together: each holds the hash of the one before, and its own over its number,
/// that hash and its text. Pure.
public final class Chain {
  /// What comes before the first.
  public static final String BEGINNING = "0".repeat(64);

  private Chain() {}

  /// @param entry as JSON, byte for byte
  public record Link(long seq, String entry, String previous, String hash) {}

  /// @param entries how many
  /// @param hash of the last; whoever notes it elsewhere finds out when the end was cut off
  /// @param broken what is wrong first, in words; null when nothing is
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Verdict(long entries, long seq, String hash, @Nullable String broken) {}

  static Link link(@Nullable Link last, String entry) {
    var seq = last == null ? 1 : last.seq() + 1;
    var previous = last == null ? BEGINNING : last.hash();
    return new Link(seq, entry, previous, hash(seq, previous, entry));
  }

  private static String hash(long seq, String previous, String entry) {
    return Sha256.of(seq + "\n" + previous + "\n" + entry);
  }

  /// @param kept hashes by number that were noted elsewhere
  /// @param links in order, from the first
  static Verdict verify(NavigableMap<Long, String> kept, Iterator<Link> links) {
    var entries = 0L;
    var last = new Link(0, "", "", BEGINNING);
    while (links.hasNext()) {
      var link = links.next();
      var broken = broken(last, link);
      if (broken == null && !link.hash().equals(kept.getOrDefault(link.seq(), link.hash()))) {
        broken =
            "entry %d is not the one that this node has in its file: it was written anew, or the database is another"
                .formatted(link.seq());
      }
      if (broken != null) return new Verdict(entries, last.seq(), last.hash(), broken);
      last = link;
      entries++;
    }
    var gone = kept.higherKey(last.seq());
    var cut =
        gone == null
            ? null
            : "entry %d, which this node has in its file, is gone: the end was cut off, or the database is another"
                .formatted(gone);
    return new Verdict(entries, last.seq(), last.hash(), cut);
  }

  private static @Nullable String broken(Link last, Link link) {
    if (link.seq() != last.seq() + 1) {
      return "expected entry %d, found %d: what is between was removed"
          .formatted(last.seq() + 1, link.seq());
    }
    if (!link.previous().equals(last.hash())) {
      return "entry %d does not follow from the one before it".formatted(link.seq());
    }
    return link.hash().equals(hash(link.seq(), link.previous(), link.entry()))
        ? null
        : "entry %d was changed".formatted(link.seq());
  }
}
