package dev.muster.cli.jars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On the very libraries that Muster is started with.
class ReadyJarsTest {
  @TempDir Path folder;

  @Test
  void aFunctionOfScalaDoesTheSameAndIsPlain() throws Exception {
    var jar = copy("scala.Function1");
    try (var before = loader(jar)) {
      assertThat(chain(before)).isInstanceOf(Serializable.class);
    }
    ReadyJars.main(new String[] {folder.toString()});
    try (var after = loader(jar)) {
      var function = chain(after);
      assertThat(function).isNotInstanceOf(Serializable.class);
      var apply = after.loadClass("scala.Function1").getMethod("apply", Object.class);
      assertThat(apply.invoke(function, "the same")).isEqualTo("the same");
    }
  }

  @Test
  void everyClassOfTheActorsIsStillVerified() throws Exception {
    var jar = copy("org.apache.pekko.actor.typed.ActorSystem");
    ReadyJars.main(new String[] {folder.toString()});
    assertThat(refused(jar)).isEmpty();
  }

  @Test
  void everyClassOfTheParserIsVerifiedAsWhatIsNew() throws Exception {
    var jar = copy("picocli.CommandLine");
    assertThat(oldOnes(jar)).isNotEmpty();
    ReadyJars.main(new String[] {folder.toString()});
    assertThat(oldOnes(jar)).isEmpty();
    assertThat(refused(jar)).isEmpty();
  }

  @Test
  void whatIsNoJarStaysAsItIsAndNothingIsLeftBesideIt() throws Exception {
    var broken = Files.writeString(folder.resolve("scala-library-2.13.18.jar"), "not a jar");
    ReadyJars.main(new String[] {folder.toString()});
    assertThat(broken).hasContent("not a jar");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(broken);
    }
  }

  private static Object chain(ClassLoader loader) throws ReflectiveOperationException {
    var nil = loader.loadClass("scala.collection.immutable.Nil$").getField("MODULE$").get(null);
    var functions = loader.loadClass("scala.Function$");
    var sequence = loader.loadClass("scala.collection.Seq");
    return functions
        .getMethod("chain", sequence)
        .invoke(functions.getField("MODULE$").get(null), nil);
  }

  private Path copy(String type) throws Exception {
    var from = Class.forName(type, false, ReadyJarsTest.class.getClassLoader());
    var jar = Path.of(from.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Files.copy(jar, folder.resolve(jar.getFileName()));
  }

  /// Before all others on the class path, and none of the tests' own.
  private static URLClassLoader loader(Path jar) throws MalformedURLException {
    var places = new ArrayList<URL>();
    places.add(jar.toUri().toURL());
    for (var place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      places.add(Path.of(place).toUri().toURL());
    }
    return new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /// Classes that the JVM does not link as they are. What needs a library that is not there says
  /// nothing about the class.
  private static List<String> refused(Path jar) throws IOException {
    var refused = new ArrayList<String>();
    try (var loader = loader(jar)) {
      for (var name : classes(jar)) {
        try {
          // To list its methods the class is linked.
          var _ = Class.forName(name, false, loader).getDeclaredMethods();
        } catch (VerifyError | ClassFormatError e) {
          refused.add(name + ": " + e.getMessage());
        } catch (ClassNotFoundException | LinkageError _) {
          // needs another library
        }
      }
    }
    return refused;
  }

  private static List<String> classes(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
          .toList();
    }
  }

  private static List<String> oldOnes(Path jar) throws IOException {
    var old = new ArrayList<String>();
    try (var zip = new ZipFile(jar.toFile())) {
      for (var name : classes(jar)) {
        var entry = zip.getEntry(name.replace('.', '/') + ".class");
        if (zip.getInputStream(entry).readNBytes(8)[7] < 50) old.add(name);
      }
    }
    return old;
  }
}
