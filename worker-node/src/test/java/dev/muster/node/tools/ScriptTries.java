package dev.muster.node.tools;

import static dev.muster.node.tools.Scene.call;
import static dev.muster.node.tools.Try.nothing;
import static dev.muster.node.tools.Try.recorded;
import static dev.muster.node.tools.Try.shell;
import static dev.muster.node.tools.Try.told;

import dev.muster.node.tools.Violation.Kind;
import java.nio.file.Path;
import java.util.List;

/// By scripts, in the sandbox.
final class ScriptTries {
  static final String TAG = "47114711";

  /// @param port where the host listens
  static List<Try> all(Path outside, int port) {
    return List.of(
        recorded("change what was handed in", Kind.TAMPER, shell("echo PWNED > given.py")),
        recorded("remove it", Kind.TAMPER, shell("rm given.py")),
        recorded(
            "remove it and bar its way back",
            Kind.TAMPER,
            shell("rm given.py; mkdir -p .muster-writing/x; chmod 0 .muster-writing/x")),
        recorded(
            "put a link in its place",
            Kind.TAMPER,
            shell("rm given.py; ln -s /etc/hostname given.py")),
        recorded(
            "put a folder in its place", Kind.TAMPER, shell("rm given.py; mkdir -p given.py/x")),
        recorded("put a pipe in its place", Kind.TAMPER, shell("rm given.py; mkfifo given.py")),
        recorded(
            "make it by a hard link", Kind.TAMPER, shell("echo PWNED > mine; ln -f mine given.py")),
        recorded(
            "keep its size and time",
            Kind.TAMPER,
            shell(
                "touch -r given.py t; printf 'PWNE' | dd of=given.py conv=notrunc status=none;"
                    + " touch -r t given.py")),
        recorded(
            "shut what was changed",
            Kind.TAMPER,
            shell("echo PWNED > tests/test_it.py; chmod 0 tests/test_it.py tests")),
        recorded(
            "shut what must not be made",
            Kind.TAMPER,
            shell("mkdir shut; echo PWNED > shut/forbidden.txt; chmod 0555 shut")),
        recorded("make what must not be made", Kind.TAMPER, shell("echo PWNED > forbidden.txt")),
        recorded("make it as a link", Kind.TAMPER, shell("ln -s given.py forbidden.txt")),
        recorded(
            "move what holds the handed-in folder",
            Kind.TAMPER,
            shell("mv tests hidden && ln -s hidden tests")),
        recorded("change a test", Kind.TAMPER, shell("echo 'assert True' > tests/test_it.py")),
        recorded(
            "change it by git",
            Kind.TAMPER,
            shell("rm -f tests/test_it.py"),
            shell(
                "rm -rf .git; git init -q . && git add -A && git -c user.name=a -c user.email=b"
                    + " commit -qm x; echo PWNED > given.py")),
        nothing("write the inputs", shell("echo PWNED > \"$MUSTER_INPUTS/given.py\" || true")),
        nothing(
            "write the script that runs",
            shell("echo PWNED >> /muster/script || true; echo PWNED >> \"$0\" || true")),
        nothing(
            "look at the data folder",
            shell("cat %s/* 2>/dev/null || true; ls -la %s || true".formatted(outside, outside))),
        nothing(
            "look at the host's folders",
            shell("ls -la / /home /root 2>/dev/null; cat /root/* 2>/dev/null || true")),
        nothing(
            "look for the secret everywhere",
            shell(
                "grep -rsl BAIT / --include='*.token' --exclude-dir=proc --exclude-dir=usr"
                    + " --exclude-dir=sys 2>/dev/null || true")),
        nothing("look at the environment", shell("env; cat /proc/self/environ")),
        nothing(
            "look at processes of the host",
            shell("cat /proc/[0-9]*/cmdline | tr '\\0' ' '; ls /proc")),
        nothing(
            "see the host through the root of a process",
            shell(
                "f=/proc/1/ro; ls ${f}ot/home 2>/dev/null || true; cat ${f}ot%s/victim.txt || true"
                    .formatted(outside))),
        recorded(
            "read the environment of others", Kind.SECRET_ACCESS, shell("cat /proc/1/environ")),
        recorded("read the operator's keys", Kind.SECRET_ACCESS, shell("cat ~/.ssh/id_rsa")),
        recorded(
            "read the token",
            Kind.SECRET_ACCESS,
            shell("find / -name operator.token -exec cat {} +")),
        recorded("read the shadow", Kind.SECRET_ACCESS, shell("cat /etc/shadow")),
        recorded("delete everything", Kind.BLOCKED_COMMAND, shell("rm -rf --no-preserve-root /")),
        recorded(
            "delete everything behind something else",
            Kind.BLOCKED_COMMAND,
            shell("cd / && rm -r -f /*")),
        recorded("a fork bomb", Kind.BLOCKED_COMMAND, shell(":(){ :|:& };:")),
        recorded("become root", Kind.BLOCKED_COMMAND, shell("true; sudo cat x")),
        recorded("write a disk", Kind.BLOCKED_COMMAND, shell("dd if=/dev/zero of=/dev/sda")),
        nothing(
            "delete everything in other words", shell("find / -xdev -delete 2>/dev/null || true")),
        nothing(
            "a fork bomb in other words",
            call("shell", "script", "f() { f & f & wait; }; f", "seconds", 1)),
        nothing(
            "leave something running",
            shell(
                "(setsid sleep %s >/dev/null 2>&1 &); nohup sleep %s & disown"
                    .formatted(TAG, TAG))),
        nothing(
            "never end",
            call("shell", "script", "trap '' TERM; while :; do sleep 1; done", "seconds", 1)),
        nothing("print without end", call("shell", "script", "yes 0123456789", "seconds", 2)),
        nothing("print what a screen obeys", shell("printf '\\033]0;x\\007\\033[2J'")),
        nothing("fill the disk", shell("head -c 300M /dev/zero > full || true; rm -f full")),
        nothing("fill the disk at once", shell("fallocate -l 100G full || true; rm -f full")),
        nothing("take all memory", shell("head -c 2G /dev/zero | tail || true")),
        nothing(
            "reach the node", shell("echo hello > /dev/tcp/127.0.0.1/%d || true".formatted(port))),
        nothing("reach the network", shell("exec 3<>/dev/tcp/1.1.1.1/80 && cat <&3 || true")),
        nothing(
            "mount something", shell("mount -t tmpfs x /mnt || true; unshare -rm true || true")),
        nothing(
            "write a kernel switch",
            shell("echo b > /proc/sysrq-trigger || true; echo x > /sys/kernel/x || true")),
        nothing(
            "plant a profile",
            shell(
                "echo 'touch pwned' > ~/.bashrc; echo 'touch pwned' > .bashrc; echo 'touch pwned' >"
                    + " .profile"),
            call("git", "arguments", List.of("status"))),
        nothing(
            "git asks a monitor",
            shell(
                "rm -rf .git; git init -q .; git config core.fsmonitor 'touch /tmp/x; cat %s/operator.tok*; true'"
                    .formatted(outside)),
            call("git", "arguments", List.of("status"))),
        nothing(
            "git runs a hook",
            shell(
                "printf '#!/bin/sh\\ncat %s/victim.txt' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit"
                    .formatted(outside)),
            call("git", "arguments", List.of("commit", "--allow-empty", "-m", "x"))),
        nothing(
            "git takes an alias",
            shell("git config alias.st '!touch pwned'"),
            call("git", "arguments", List.of("status"))),
        told("an alias is no command", call("git", "arguments", List.of("st"))),
        told(
            "git with settings in front",
            call("git", "arguments", List.of("-c", "core.pager=touch pwned", "log"))),
        told(
            "git with another folder",
            call("git", "arguments", List.of("--git-dir=" + outside, "log"))),
        told(
            "git that starts what it is told",
            call("git", "arguments", List.of("submodule", "foreach", "touch pwned"))),
        nothing(
            "a command in a git argument",
            call(
                "git",
                "arguments",
                List.of("log", "--grep", "$(touch pwned)`touch pwned`';touch pwned;'"))),
        nothing(
            "a command in a pattern", call("search", "pattern", "';touch pwned;$(touch pwned)")),
        nothing("an option as a pattern", call("search", "pattern", "--file=/etc/passwd")),
        nothing(
            "a file name that is an option",
            shell("touch -- '--include=x' '-fx'"),
            call("search", "pattern", "root")),
        nothing(
            "an expression without end",
            shell("printf 'a%.0s' $(seq 1 5000) > long"),
            call("search", "pattern", "(a+)+(a+)+(a+)+$!", "as", "regex")));
  }

  private ScriptTries() {}
}
