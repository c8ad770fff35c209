package dev.muster.node.foresight;

import dev.muster.node.foresight.Landscape.Spot;
import dev.muster.node.foresight.Statement.Word;
import dev.muster.node.workspace.FileTree.Kind;
import dev.muster.node.workspace.TreeSize;
import dev.muster.protocol.approval.Preview;
import dev.muster.protocol.approval.Preview.Place;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Says what a script would delete and write, command by command, each against what is there now,
/// and of which commands nobody can say it. Nothing is run.
public final class Foresight {
  private static final Set<String> HARMLESS =
      Set.of(
          "true", ":", "set", "ls", "pwd", "test", "[", "mkdir", "sync", "sleep", "date", "cat",
          "echo", "stat", "wc");
  private static final Set<String> NAMES = Set.of("-v", "-R");
  private static final int ENTRIES_MAX = 10_000;
  private static final int NAMES_MAX = 10;

  private final Landscape landscape;
  private final Foreseen foreseen = new Foreseen();
  private final Whereabouts whereabouts;

  /// Files that were not there and that the script has made, and how each is written once more;
  /// until a command may have done anything with them.
  private final Map<String, Consumer<Spot>> made = new HashMap<>();

  private Foresight(Landscape landscape) {
    this.landscape = landscape;
    this.whereabouts = new Whereabouts(landscape);
  }

  public static Preview of(String script, Landscape landscape) {
    var foresight = new Foresight(landscape);
    var certainty = new Certainty(landscape.variables());
    for (var statement : PlainShell.read(script, landscape.variables())) {
      foresight.whereabouts.before(statement);
      var lost = certainty.lost(statement);
      if (isHarmless(statement)) continue;
      var why = lost == null ? foresight.judge(statement) : lost;
      certainty.after(statement, why == null);
      if (why != null) foresight.made.clear();
      if (why != null) foresight.foreseen.unforeseen(statement, why, foresight.named(statement));
    }
    return foresight.foreseen.preview(landscape);
  }

  /// @return why it cannot be foreseen; null when it has been
  private @Nullable String judge(Statement it) {
    if (it.why() != null) return it.why();
    var to = it.to();
    if (to != null) return prints(it, to);
    return switch (it.name()) {
      case "cd" -> whereabouts.cd(it);
      case "rm", "unlink" -> remove(it);
      case "cp", "mv" -> copy(it);
      default -> "it is a program of its own";
    };
  }

  private static boolean isHarmless(Statement it) {
    if (it.why() != null || it.to() != null || !HARMLESS.contains(it.name())) return false;
    return switch (it.name()) {
      case "set" -> Certainty.setsNothing(it);
      // Of what is in brackets behind a name the shell makes a value, by a command if it says so.
      case "test", "[" -> it.words().stream().noneMatch(word -> NAMES.contains(word.text()));
      default -> true;
    };
  }

  /// A text that is known goes to a file.
  private @Nullable String prints(Statement it, Word to) {
    var text =
        switch (it.name()) {
          case "cat" -> it.words().size() == 1 ? it.fed() : null;
          case "echo" -> it.options().isEmpty() ? words(it) : null;
          default -> null;
        };
    if (text == null) return "what it prints is known only when it runs";
    if (it.appends()) return "it appends, each time it runs";
    var spot = spot(to);
    if (spot == null || to.pattern()) return "where it writes was not looked at";
    return write(spot, place -> foreseen.write(place, Foreseen.bytes(text)));
  }

  private static @Nullable String words(Statement it) {
    if (it.words().stream().anyMatch(word -> word.pattern() || word.text().contains("\\")))
      return null;
    return String.join(" ", it.operands().stream().map(Word::text).toList()) + "\n";
  }

  private @Nullable String write(Spot spot, Consumer<Spot> work) {
    if (spot.leadsElsewhere() || isLink(spot)) return "a link leads elsewhere there";
    if (!spot.writable()) {
      foreseen.note("`%s` stays as it is: it may not write there".formatted(spot.shown()));
      return null;
    }
    work.accept(spot);
    if (spot.entry() == null) made.put(spot.shown(), work);
    return null;
  }

  private static boolean isLink(Spot spot) {
    var entry = spot.entry();
    return entry != null && entry.kind() != Kind.FILE && entry.kind() != Kind.FOLDER;
  }

  private @Nullable String remove(Statement it) {
    var paths = paths(it.operands());
    if (paths == null) return "what it names is known only when it runs";
    made.clear();
    var whole = it.options().stream().anyMatch(Set.of("r", "R", "--recursive")::contains);
    for (var path : paths) {
      var spot = landscape.at(path);
      var inside = whole ? landscape.writableBelow(path) : List.<Spot>of();
      if (spot == null && inside.isEmpty()) {
        if (!landscape.isolated()) return "what it names is not covered by the digest";
        foreseen.note("`%s` stays: the sandbox keeps it from there".formatted(path));
        continue;
      }
      inside.forEach(folder -> foreseen.delete(folder, folder.below()));
      if (spot == null) continue;
      if (spot.leadsElsewhere()) return "a link leads elsewhere there";
      if (spot.isFolder() && !whole) {
        foreseen.note("`%s` stays: it is a folder".formatted(spot.shown()));
      } else if (spot.writable()) {
        foreseen.delete(spot, spot.below());
      } else if (inside.isEmpty()) {
        foreseen.note("`%s` stays: it may not write there".formatted(spot.shown()));
      }
    }
    return null;
  }

  private @Nullable String copy(Statement it) {
    var plain = Set.of("r", "R", "a", "p", "f", "v", "--recursive", "--force", "--verbose");
    if (!plain.containsAll(it.options())) return "of its options not all are known here";
    var paths = paths(it.operands());
    if (paths == null || paths.size() < 2) return "what it names is known only when it runs";
    var to = landscape.at(paths.getLast());
    if (to == null) return "where it writes was not looked at";
    var into = to.isFolder() || paths.size() > 2 || it.operands().getLast().text().endsWith("/");
    for (var i = 0; i < paths.size() - 1; i++) {
      var from = landscape.at(paths.get(i));
      var fresh = from == null ? null : made.get(from.shown());
      if (from != null && fresh != null) {
        var name = paths.get(i).getFileName();
        var why = copyMade(it, from, into && name != null ? to.at(name.toString()) : to, fresh);
        if (why != null) return why;
        continue;
      }
      if (from == null || (from.entry() == null && !from.isFolder())) {
        return "what it takes was not looked at, or is made before";
      }
      if (from.leadsElsewhere() || isLink(from)) return "a link leads elsewhere there";
      // `folder/.` is what lies in it.
      var contents = it.operands().get(i).text().endsWith("/.");
      var name = paths.get(i).getFileName();
      var place = into && !contents && name != null ? to.at(name.toString()) : to;
      var why = copyOne(from, place);
      if (why != null) return why;
      if (it.name().equals("mv") && from.writable()) foreseen.delete(from, from.below());
    }
    return null;
  }

  /// As a file is put in its place whole: written beside it, and moved.
  private @Nullable String copyMade(Statement it, Spot from, Spot place, Consumer<Spot> fresh) {
    var why = write(place, fresh);
    if (why != null || !place.writable() || !it.name().equals("mv")) return why;
    made.remove(from.shown());
    foreseen.forget(from.shown());
    return null;
  }

  private @Nullable String copyOne(Spot from, Spot place) {
    for (var entry : from.below()) {
      if (entry.kind() != Kind.FILE) {
        foreseen.note("`%s` is no file and is left out".formatted(entry.path()));
        continue;
      }
      var name = entry.path().substring(Math.min(from.path().length(), entry.path().length()));
      var relative = name.startsWith("/") ? name.substring(1) : from.path().isEmpty() ? name : "";
      var target = relative.isEmpty() ? place : place.at(relative);
      var source = new Spot(from.shown(), from.tree(), from.real(), entry.path(), from.writable());
      var why = write(target, at -> foreseen.write(at, entry, source.read()));
      if (why != null) return why;
    }
    return null;
  }

  /// Null when one of them is not known.
  private @Nullable List<Path> paths(List<Word> words) {
    var paths = new ArrayList<Path>();
    for (var word : words) {
      var path = whereabouts.path(word);
      if (path == null) return null;
      if (!word.pattern()) paths.add(path);
      else if (!matching(path, paths)) return null;
    }
    return paths;
  }

  /// Names that a pattern at the end of a path stands for.
  private boolean matching(Path path, List<Path> paths) {
    var folder = path.getParent();
    var name = path.getFileName();
    if (folder == null || name == null) return false;
    if (folder.toString().matches(".*[*?].*") || name.toString().matches(".*[\\[\\]{}\\\\].*"))
      return false;
    var spot = landscape.at(folder);
    if (spot == null || spot.leadsElsewhere()) return false;
    var matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
    var hidden = name.toString().startsWith(".");
    var prefix = spot.path().isEmpty() ? "" : spot.path() + "/";
    var names = new ArrayList<String>();
    for (var it : spot.tree().entries()) {
      if (!it.path().startsWith(prefix)) continue;
      var rest = it.path().substring(prefix.length());
      if (!rest.isEmpty() && !rest.contains("/")) names.add(rest);
    }
    for (var it : landscape.writableBelow(folder)) {
      if (folder.equals(it.real().getParent()))
        names.add(it.path().isEmpty() ? String.valueOf(it.real().getFileName()) : "");
    }
    for (var it : names) {
      if (it.startsWith(".") == hidden && matcher.matches(Path.of(it)))
        paths.add(folder.resolve(it));
    }
    return true;
  }

  private @Nullable Spot spot(Word word) {
    var path = whereabouts.path(word);
    return path == null ? null : landscape.at(path);
  }

  /// What is there of what a command names; it may do anything with that, or nothing.
  private List<Place> named(Statement it) {
    var places = new ArrayList<Place>();
    for (var text : it.text().split("[\\s\"'=;|&()<>]+", 200)) {
      var known = text;
      for (var variable : landscape.variables().entrySet()) {
        known = known.replace("$" + variable.getKey(), variable.getValue());
      }
      var path =
          known.isEmpty() || known.contains("$")
              ? null
              : whereabouts.path(new Word(known, false, false));
      if (path == null || places.size() == NAMES_MAX) continue;
      var place = size(path);
      if (place != null && !places.contains(place)) places.add(place);
    }
    return places;
  }

  private @Nullable Place size(Path path) {
    var spot = landscape.at(path);
    if (spot != null) {
      var there = spot.entry() != null || spot.isFolder();
      return there ? Foreseen.place(spot.shown(), spot.below()) : null;
    }
    // The sandbox keeps it from the rest.
    if (landscape.isolated() || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return null;
    try {
      var size = TreeSize.of(path, Long.MAX_VALUE, ENTRIES_MAX);
      if (size.entries() > ENTRIES_MAX) {
        foreseen.note(
            "of `%s` only the first %d entries were counted".formatted(path, ENTRIES_MAX));
      }
      return new Place(path.toString(), size.entries(), size.bytes());
    } catch (IOException _) {
      return null;
    }
  }
}
