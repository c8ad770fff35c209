package dev.muster.cli.jars;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassHierarchyResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Makes libraries ready for the AOT cache, in the folder that the launcher has put them into. A
/// jar that cannot be read stays as it is, and only starts slower.
public final class ReadyJars {
  private static final Pattern SCALA = Pattern.compile("(.*_2\\.13|scala-library)-[^/]*\\.jar");
  private static final Pattern OLD = Pattern.compile("picocli-[^/]*\\.jar");

  private ReadyJars() {}

  /// @param args the folder
  public static void main(String[] args) throws IOException {
    try (var jars = Files.list(Path.of(args[0]))) {
      for (var jar : jars.toList()) {
        try {
          ready(jar);
        } catch (IOException
            | UncheckedIOException
            | IllegalArgumentException
            | IndexOutOfBoundsException e) {
          System.err.println(jar + " stays as it is: " + e);
        }
      }
    }
  }

  static void ready(Path jar) throws IOException {
    var name = jar.getFileName().toString();
    if (SCALA.matcher(name).matches()) rewrite(jar, PlainLambdas::in);
    if (OLD.matcher(name).matches()) {
      try (var classes = new ZipFile(jar.toFile())) {
        rewrite(jar, new NewerClasses(types(classes))::newer);
      }
    }
  }

  /// The file takes the place of the other, which may be linked to where Maven keeps it.
  private static void rewrite(Path jar, UnaryOperator<byte[]> change) throws IOException {
    var other = jar.resolveSibling(jar.getFileName() + ".new");
    try {
      try (var from = new ZipFile(jar.toFile());
          var to = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(other)))) {
        for (var entry : Collections.list(from.entries())) {
          var bytes = from.getInputStream(entry).readAllBytes();
          var name = entry.getName();
          var copied = new ZipEntry(name);
          copied.setTime(entry.getTime());
          to.putNextEntry(copied);
          to.write(isClass(name) ? change.apply(bytes) : bytes);
        }
      }
      Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(other);
    }
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class") && !name.endsWith("module-info.class");
  }

  private static ClassHierarchyResolver types(ZipFile jar) {
    return ClassHierarchyResolver.ofResourceParsing(
            type -> {
              var name = type.descriptorString();
              var entry = jar.getEntry(name.substring(1, name.length() - 1) + ".class");
              try {
                return entry == null ? null : jar.getInputStream(entry);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .orElse(ClassHierarchyResolver.defaultResolver());
  }
}
