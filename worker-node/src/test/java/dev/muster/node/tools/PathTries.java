package dev.muster.node.tools;

import static dev.muster.node.tools.Scene.call;
import static dev.muster.node.tools.Try.nothing;
import static dev.muster.node.tools.Try.read;
import static dev.muster.node.tools.Try.recorded;
import static dev.muster.node.tools.Try.shell;
import static dev.muster.node.tools.Try.told;
import static dev.muster.node.tools.Try.write;

import dev.muster.node.tools.Violation.Kind;
import java.nio.file.Path;
import java.util.List;

/// Through the tools that the node itself carries out.
final class PathTries {
  /// @param outside a folder of the host with a secret in it
  static List<Try> all(Path outside) {
    var traversal = Kind.PATH_TRAVERSAL;
    return List.of(
        recorded("read above the workspace", traversal, read("../../../operator.token")),
        recorded("read by dots in the middle", traversal, read("a/../../../x")),
        recorded("read an absolute path", traversal, read("/etc/passwd")),
        recorded("read the token by its path", traversal, read(outside + "/operator.token")),
        recorded("read the node's environment", traversal, read("/proc/self/environ")),
        recorded("read its own inputs by a way around", traversal, read("../inputs/given.py")),
        recorded(
            "read behind a name that looks inside", traversal, read("/muster/work/../../etc/x")),
        recorded("write above the workspace", traversal, write("../escaped.txt")),
        recorded("write an absolute path", traversal, write("/tmp/muster-escaped")),
        recorded("write its own script", traversal, write("../tool-1.sh")),
        recorded("write the inputs", traversal, write("../inputs/given.py")),
        recorded("write the log", traversal, write("../attempt.log")),
        recorded(
            "write another's workspace", traversal, write("../../../WORKER_002/attempt-1/work/x")),
        recorded(
            "patch above the workspace",
            traversal,
            call("patch", "path", "../x", "search", "a", "replace", "b")),
        recorded("list the root", traversal, call("list", "path", "/")),
        recorded("list above", traversal, call("list", "path", "..")),
        recorded("search above", traversal, call("search", "pattern", "BAIT", "path", "../..")),
        recorded("write a name with a line break", traversal, write("a\nb")),
        recorded("write a name that turns around", traversal, write("a\u001b[2Jb")),
        told("write a file without a name", write(" ")),
        recorded("a name with NUL", traversal, write("a\u0000b")),
        recorded(
            "read through a link to a file",
            traversal,
            shell("ln -s %s/victim.txt token".formatted(outside)),
            read("token")),
        recorded(
            "write through a link to a file",
            traversal,
            shell("ln -s %s/victim.txt victim".formatted(outside)),
            write("victim")),
        recorded(
            "patch through a link",
            traversal,
            shell("ln -s %s/victim.txt victim2".formatted(outside)),
            call("patch", "path", "victim2", "search", "VICTIM", "replace", "PWNED")),
        recorded(
            "write below a link to a folder",
            traversal,
            shell("ln -s %s door".formatted(outside)),
            write("door/escaped.txt")),
        recorded(
            "read below a link to a folder",
            traversal,
            shell("ln -s %s door2".formatted(outside)),
            read("door2/operator.token")),
        recorded(
            "write below a relative link",
            traversal,
            shell("ln -s ../../../.. up"),
            write("up/escaped.txt")),
        told(
            "list through a link to a folder is no listing of it",
            shell("ln -s . loop"),
            call("list", "path", "loop/loop")),
        told("read a loop of links", shell("ln -s b a; ln -s a b"), read("a")),
        told("read a pipe that nobody writes", shell("mkfifo pipe"), read("pipe")),
        told("write into a pipe", shell("mkfifo pipe2"), write("pipe2")),
        told("read a folder", shell("mkdir folder"), read("folder")),
        told("read a huge hole", shell("truncate -s 60M hole"), read("hole")),
        told(
            "read what is no text",
            shell("head -c 100 /dev/urandom > bytes; printf '\\xff' >> bytes"),
            read("bytes")),
        told("write over a folder", shell("mkdir -p over/it"), write("over")),
        told("write below a file", shell("echo > file"), write("file/x")),
        told(
            "put something where drafts are made",
            shell("mkdir -p .muster-writing/x"),
            write("drafted.txt")),
        nothing("write into git's hooks", shell("git init -q ."), write(".git/hooks/pre-commit")),
        recorded("write what was handed in", Kind.WORKSPACE_VIOLATION, write("given.py")),
        recorded(
            "by another way of writing its name",
            Kind.WORKSPACE_VIOLATION,
            write("./x/../given.py")),
        recorded(
            "by the name that its scripts know",
            Kind.WORKSPACE_VIOLATION,
            write("/muster/work/given.py")),
        recorded(
            "patch what was handed in",
            Kind.WORKSPACE_VIOLATION,
            call("patch", "path", "given.py", "search", "GIVEN", "replace", "PWNED")),
        recorded("write what must not be made", Kind.WORKSPACE_VIOLATION, write("forbidden.txt")),
        recorded("the same in a folder", Kind.WORKSPACE_VIOLATION, write("deep/forbidden.txt")));
  }

  private PathTries() {}
}
