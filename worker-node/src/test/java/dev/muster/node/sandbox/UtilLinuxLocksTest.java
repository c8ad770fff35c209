package dev.muster.node.sandbox;

@NeedsSandbox(SandboxKind.UTIL_LINUX)
class UtilLinuxLocksTest extends LockPromises {
  UtilLinuxLocksTest() {
    super(SandboxKind.UTIL_LINUX, true);
  }
}
