package dev.muster.protocol.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.CborSerializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the runtime sees that an operation would do, before anybody has let it: read from its
/// script and from the content that its digest covers, and not from what its worker says. Nothing
/// was run for it. It is kept as an artifact, by its digest.
///
/// @param places the folders it may write at all, and what lies there: no more can be lost
/// @param deletions what it would delete, as far as its script says so plainly
/// @param changes the files it would write, as far as its script says so plainly
/// @param unforeseen the commands of which nobody can say what they do
/// @param notes what else is to be said, such as what was left out
/// @param enforced what its worker is kept to; null in older ones
public record Preview(
    List<Place> places,
    List<Deletion> deletions,
    List<Change> changes,
    List<Unforeseen> unforeseen,
    List<String> notes,
    @Nullable Enforced enforced)
    implements CborSerializable {
  public Preview(
      List<Place> places,
      List<Deletion> deletions,
      List<Change> changes,
      List<Unforeseen> unforeseen,
      List<String> notes) {
    this(places, deletions, changes, unforeseen, notes, null);
  }

  public Preview {
    places = List.copyOf(places);
    deletions = List.copyOf(deletions);
    changes = List.copyOf(changes);
    unforeseen = List.copyOf(unforeseen);
    notes = List.copyOf(notes);
  }

  public Preview noting(String more) {
    var all = new ArrayList<>(notes);
    all.add(more);
    return new Preview(places, deletions, changes, unforeseen, all, enforced);
  }

  /// @param files how many; links and others count, too
  public record Place(String path, long files, long bytes) {}

  /// @param files how many; links and others count, too
  /// @param names some of them, relative to the path
  public record Deletion(String path, long files, long bytes, List<String> names) {
    public Deletion {
      names = List.copyOf(names);
    }
  }

  /// @param before SHA-256 of what is there; null when nothing is
  /// @param bytesBefore 0 when nothing is there
  /// @param after SHA-256 of what would be there
  /// @param diff unified; null when there is none to show
  /// @param why there is no diff, or not all of it; null when it is whole
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Change(
      String path,
      @Nullable String before,
      long bytesBefore,
      String after,
      long bytesAfter,
      int added,
      int removed,
      @Nullable String diff,
      @Nullable String why) {}

  /// @param command as it is written
  /// @param why nobody can say
  /// @param names what it names that is there
  public record Unforeseen(String command, String why, List<Place> names) {
    public Unforeseen {
      names = List.copyOf(names);
    }
  }

  public Preview with(Enforced it) {
    return new Preview(places, deletions, changes, unforeseen, notes, it);
  }

  /// In one sentence.
  public String words() {
    var files = deletions.stream().mapToLong(Deletion::files).sum();
    var bytes = deletions.stream().mapToLong(Deletion::bytes).sum();
    var plain =
        "deletes %s (%d bytes), writes %s".formatted(count(files), bytes, count(changes.size()));
    if (unforeseen.isEmpty()) return plain;
    return plain
        + "; what "
        + (unforeseen.size() == 1 ? "1 command does" : unforeseen.size() + " commands do")
        + " cannot be foreseen";
  }

  private static String count(long files) {
    return files == 1 ? "1 file" : files + " files";
  }
}
