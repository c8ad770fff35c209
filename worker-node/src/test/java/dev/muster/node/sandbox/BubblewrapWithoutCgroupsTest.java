package dev.muster.node.sandbox;

@NeedsSandbox(SandboxKind.BUBBLEWRAP)
class BubblewrapWithoutCgroupsTest extends WithoutCgroupsPromises {
  BubblewrapWithoutCgroupsTest() {
    super(SandboxKind.BUBBLEWRAP);
  }
}
