package dev.muster.node.sandbox;

@NeedsSandbox(SandboxKind.UTIL_LINUX)
class UtilLinuxLocksWithoutCgroupsTest extends LockPromises {
  UtilLinuxLocksWithoutCgroupsTest() {
    super(SandboxKind.UTIL_LINUX, false);
  }
}
