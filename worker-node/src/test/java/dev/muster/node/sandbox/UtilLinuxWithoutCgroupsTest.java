package dev.muster.node.sandbox;

@NeedsSandbox(SandboxKind.UTIL_LINUX)
class UtilLinuxWithoutCgroupsTest extends WithoutCgroupsPromises {
  UtilLinuxWithoutCgroupsTest() {
    super(SandboxKind.UTIL_LINUX);
  }
}
