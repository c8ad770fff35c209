package dev.muster.cli.jars;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/// Scala makes each function by `LambdaMetafactory.altMetafactory`, so that it could be serialised.
/// The AOT cache of JDK 25 keeps only what `metafactory` makes, and the others, some 1,300, are
/// made anew at every start. Here they are asked of `metafactory`: the same function, which cannot
/// be serialised. The code of the methods stays as it is; only the table of bootstrap methods
/// changes, and where it points to.
final class PlainLambdas {
  private static final int SERIALIZABLE = 1;
  private static final int SERIALIZABLE_AND_BRIDGES = 5;
  private static final String DESCRIPTOR =
      "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
          + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;"
          + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;";

  private final byte[] bytes;
  private final ByteBuffer file;
  private final Constants constants;

  private PlainLambdas(byte[] bytes) {
    this.bytes = bytes;
    this.file = ByteBuffer.wrap(bytes);
    this.constants = new Constants(file);
  }

  /// The class with plain functions; the same array where there is nothing to change.
  ///
  /// @throws IllegalArgumentException when this is no class file of a known format
  static byte[] in(byte[] classFile) {
    try {
      return new PlainLambdas(classFile).changed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] changed() throws IOException {
    var alternative = alternative();
    var attribute = alternative == 0 ? 0 : bootstrapMethods();
    if (attribute == 0) return bytes;
    var table = table(attribute + 6, alternative, constants.count() + 4);
    var out = new ByteArrayOutputStream(bytes.length + 400);
    var to = new DataOutputStream(out);
    to.write(bytes, 0, 8);
    to.writeShort(constants.count() + 5);
    to.write(bytes, 10, constants.end() - 10);
    addConstants(to, constants.in(constants.in(alternative, 2), 1));
    to.write(bytes, constants.end(), attribute + 2 - constants.end());
    to.writeInt(table.length);
    to.write(table);
    var behind = attribute + 6 + file.getInt(attribute + 2);
    to.write(bytes, behind, bytes.length - behind);
    return out.toByteArray();
  }

  /// A handle of the plain method, behind all that there is.
  private void addConstants(DataOutputStream to, int lambdaMetafactory) throws IOException {
    var first = constants.count();
    to.writeByte(Constants.UTF8);
    to.writeUTF("metafactory");
    to.writeByte(Constants.UTF8);
    to.writeUTF(DESCRIPTOR);
    to.writeByte(Constants.NAME_AND_TYPE);
    to.writeShort(first);
    to.writeShort(first + 1);
    to.writeByte(Constants.METHOD_REFERENCE);
    to.writeShort(lambdaMetafactory);
    to.writeShort(first + 2);
    to.writeByte(Constants.METHOD_HANDLE);
    to.writeByte(6); // a static method
    to.writeShort(first + 3);
  }

  /// The table of bootstrap methods, in which those that can be are plain.
  private byte[] table(int begin, int alternative, int plain) throws IOException {
    var out = new ByteArrayOutputStream();
    var to = new DataOutputStream(out);
    var at = begin;
    var methods = u2(at);
    to.writeShort(methods);
    at += 2;
    for (var method = 0; method < methods; method++) {
      var count = u2(at + 2);
      var change = u2(at) == alternative && isPlain(at + 4) && isFunction(method);
      var kept = change ? 3 : count;
      to.writeShort(change ? plain : u2(at));
      to.writeShort(kept);
      to.write(bytes, at + 4, 2 * kept);
      at += 4 + 2 * count;
    }
    return out.toByteArray();
  }

  /// Whether nothing is asked for but that it can be serialised, and a bridge of the very types it
  /// has anyway, which no interface of functions has a method for.
  private boolean isPlain(int arguments) {
    var flags = constants.integer(u2(arguments + 6));
    if (flags == SERIALIZABLE) return true;
    return flags == SERIALIZABLE_AND_BRIDGES
        && constants.integer(u2(arguments + 8)) == 1
        && constants.in(u2(arguments + 10), 1) == constants.in(u2(arguments + 4), 1);
  }

  /// Whether all that it makes are functions of Scala.
  private boolean isFunction(int method) {
    for (var number = 1; number < constants.count(); number++) {
      if (constants.tag(number) != Constants.INVOKE_DYNAMIC) continue;
      if (constants.in(number, 1) != method) continue;
      var type = constants.text(constants.in(constants.in(number, 3), 3));
      var made = type.substring(type.indexOf(')') + 1);
      if (!made.startsWith("Lscala/Function") && !made.startsWith("Lscala/runtime/java8/JFunction"))
        return false;
    }
    return true;
  }

  /// The number of the handle; 0 when there is none.
  private int alternative() {
    for (var number = 1; number < constants.count(); number++) {
      if (constants.tag(number) != Constants.METHOD_HANDLE) continue;
      var nameAndType = constants.in(constants.in(number, 2), 3);
      if (constants.text(constants.in(nameAndType, 1)).equals("altMetafactory")) return number;
    }
    return 0;
  }

  /// Where the attribute begins; 0 when there is none.
  private int bootstrapMethods() {
    var at = constants.end() + 6;
    at += 2 + 2 * u2(at);
    for (var kind = 0; kind < 2; kind++) {
      var members = u2(at);
      at += 2;
      for (var member = 0; member < members; member++) at = behindAttributes(at + 6);
    }
    var count = u2(at);
    at += 2;
    for (var attribute = 0; attribute < count; attribute++) {
      if (constants.text(u2(at)).equals("BootstrapMethods")) return at;
      at += 6 + file.getInt(at + 2);
    }
    return 0;
  }

  private int behindAttributes(int begin) {
    var at = begin + 2;
    for (var left = u2(begin); left > 0; left--) at += 6 + file.getInt(at + 2);
    return at;
  }

  private int u2(int at) {
    return Short.toUnsignedInt(file.getShort(at));
  }
}
