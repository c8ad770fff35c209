package dev.muster.orchestrator.engine.instruction;

import dev.muster.protocol.proof.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds and reads instruction files within fixed bounds, whatever the folder holds: links that
/// lead in circles, pipes, devices, files of any size, bytes that are no text.
final class InstructionFiles {
  static final int FILE_BYTES_MAX = Instruction.BYTES_MAX;
  static final long WORKFORCE_BYTES_MAX = 256L << 20;
  static final int FILES_MAX = 200_000;
  static final int DEPTH_MAX = 64;
  static final int ENTRIES_MAX = 500_000;

  private static final Pattern NAME = Pattern.compile("(?is)worker_.*\\.md");
  private static final Pattern ID = Pattern.compile("(?is)worker_(\\d{1,9})(?:[_.-].*)?");
  private static final String FIX_READ =
      "Make it a readable text file, or move it out of the folder.";

  /// Bytes that are held before they are compiled, on all processors at once.
  private static final int PENDING_BYTES_MAX = 4 << 20;

  /// What becomes of a file's content.
  interface Compiler {
    Instruction of(String file, byte[] content);
  }

  private final ReadBefore read;
  private final Compiler compiler;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Supplier<Instruction>> pending = new ArrayList<>();
  private long pendingBytes;
  private final Misnamed misnamed = new Misnamed();
  private final Set<Path> folders = new HashSet<>();
  private final Set<Path> files = new HashSet<>();
  private long bytes;
  private int entries;
  private boolean full;

  InstructionFiles() {
    this(ReadBefore.NOTHING);
  }

  InstructionFiles(ReadBefore read) {
    this(read, InstructionFiles::of);
  }

  InstructionFiles(Compiler compiler) {
    this(ReadBefore.NOTHING, compiler);
  }

  private InstructionFiles(ReadBefore read, Compiler compiler) {
    this.read = read;
    this.compiler = compiler;
  }

  /// Whether there is nothing of which it has a word to say itself.
  boolean allRead() {
    compile();
    return instructions.stream().allMatch(it -> it.findings().isEmpty());
  }

  List<Instruction> instructions() {
    compile();
    return misnamed.with(instructions);
  }

  /// Throws `NoSuchFileException` when the path is not there.
  void add(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      walk(path);
    } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      var parent = path.toAbsolutePath().getParent();
      file(path, parent == null ? path : parent.toRealPath().resolve(name(path)));
    } else {
      throw new NoSuchFileException(path.toString());
    }
  }

  /// The instruction files that lie directly in a folder, and not those below it.
  void addSiblings(Path folder) throws IOException {
    var real = folder.toRealPath();
    for (var entry : list(folder)) {
      if (NAME.matcher(name(entry)).matches()) file(entry, real.resolve(name(entry)));
    }
  }

  /// @param parent the real path of the folder it was found in; null for the first
  private record Folder(Path path, @Nullable Path parent, int depth) {}

  private void walk(Path root) {
    var open = new ArrayDeque<Folder>();
    open.add(new Folder(root, null, 0));
    while (!open.isEmpty() && !full) {
      var folder = open.removeFirst();
      try {
        var real = folder.path().toRealPath();
        if (folder.parent() != null && folder.parent().startsWith(real)) {
          throw new FileSystemLoopException(folder.path().toString());
        }
        if (folders.add(real)) list(folder, real, open);
      } catch (IOException | UncheckedIOException e) {
        unusable(folder.path(), "the folder cannot be read: " + reason(e));
      }
    }
  }

  private void list(Folder folder, Path real, ArrayDeque<Folder> open) throws IOException {
    var entries = list(folder.path());
    var beside = entries.stream().anyMatch(it -> NAME.matcher(name(it)).matches());
    for (var entry : entries) {
      if (NAME.matcher(name(entry)).matches()) file(entry, real.resolve(name(entry)));
      else if (!Files.isDirectory(entry)) misnamed.see(entry, beside, folder.depth() == 0);
      // Also one that is named like a file: what it holds is hidden by nothing.
      if (isHidden(entry) || !Files.isDirectory(entry)) continue;
      if (folder.depth() < DEPTH_MAX) {
        open.add(new Folder(entry, real, folder.depth() + 1));
      } else {
        unusable(entry, "it lies below " + DEPTH_MAX + " folders; what it holds is left out");
      }
    }
  }

  private List<Path> list(Path folder) throws IOException {
    var paths = new ArrayList<Path>();
    try (var stream = Files.newDirectoryStream(folder)) {
      for (var path : stream) {
        if (++entries > ENTRIES_MAX) {
          full = true;
          unusable(
              folder,
              "the workforce has more than " + ENTRIES_MAX + " entries; the rest is left out");
          break;
        }
        paths.add(path);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    paths.sort(Comparator.comparing(InstructionFiles::name));
    return paths;
  }

  /// @param identity the same for the same file, whichever way it was reached
  private void file(Path path, Path identity) {
    if (full || !files.add(identity)) return;
    if (instructions.size() + pending.size() >= FILES_MAX) {
      full = true;
      unusable(path, "the workforce has more than " + FILES_MAX + " files; the rest is left out");
      return;
    }
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        unusable(path, "it is " + (attributes.isDirectory() ? "a folder" : "no regular file"));
      } else if (attributes.size() > FILE_BYTES_MAX) {
        unusable(
            path,
            "it has " + attributes.size() + " bytes, at most " + FILE_BYTES_MAX + " are read");
      } else {
        content(path, identity, attributes);
      }
    } catch (IOException | SecurityException e) {
      unusable(path, "it cannot be read: " + reason(e));
    }
  }

  private void content(Path path, Path identity, BasicFileAttributes attributes)
      throws IOException {
    var untouched = read.untouched(identity, display(path), attributes);
    if (untouched != null) {
      bytes += attributes.size();
      pending.add(() -> untouched);
      return;
    }
    byte[] content;
    try (var in = Files.newInputStream(path)) {
      content = in.readNBytes(FILE_BYTES_MAX + 1);
    }
    bytes += content.length;
    if (content.length > FILE_BYTES_MAX) {
      unusable(path, "it grew beyond " + FILE_BYTES_MAX + " bytes while it was read");
    } else if (bytes > WORKFORCE_BYTES_MAX) {
      full = true;
      unusable(
          path,
          "the workforce is larger than " + WORKFORCE_BYTES_MAX + " bytes; the rest is left out");
    } else {
      pending.add(() -> compiled(path, identity, attributes, content));
      pendingBytes += content.length;
      if (pendingBytes >= PENDING_BYTES_MAX) compile();
    }
  }

  private Instruction compiled(
      Path path, Path identity, BasicFileAttributes attributes, byte[] content) {
    var compiled = compiler.of(display(path), content);
    read.keep(identity, attributes, compiled);
    return compiled;
  }

  private void compile() {
    instructions.addAll(pending.parallelStream().map(Supplier::get).toList());
    pending.clear();
    pendingBytes = 0;
  }

  /// Compiles bytes; those that are no text become an instruction that says so.
  static Instruction of(String file, byte[] content) {
    var bad = NotUtf8.find(file, content);
    if (bad != null) return Instruction.unusable(file, id(file), bad);
    return InstructionCompiler.compile(
        file, new String(content, StandardCharsets.UTF_8), Sha256.of(content));
  }

  private void unusable(Path path, String message) {
    var file = display(path);
    var finding = Finding.of(Code.UNREADABLE_FILE, file, 1, message, FIX_READ);
    pending.add(() -> Instruction.unusable(file, id(file), finding));
  }

  static @Nullable String id(String file) {
    var match = ID.matcher(file.substring(file.lastIndexOf('/') + 1));
    return match.matches() ? "WORKER_" + match.group(1) : null;
  }

  static String display(Path path) {
    var text = path.toString();
    if (File.separatorChar != '/') text = text.replace(File.separatorChar, '/');
    return text.startsWith("./") ? text.substring(2) : text;
  }

  static String name(Path path) {
    var name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  private static boolean isHidden(Path path) {
    return name(path).startsWith(".");
  }

  private static String reason(Exception e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission is denied";
      case NoSuchFileException _ -> "it leads nowhere";
      case FileSystemLoopException _ -> "links lead back to a folder that was already read";
      case NotDirectoryException _ -> "it is not a folder";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
