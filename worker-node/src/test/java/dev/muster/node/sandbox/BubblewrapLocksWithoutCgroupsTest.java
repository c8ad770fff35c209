package dev.muster.node.sandbox;

@NeedsSandbox(SandboxKind.BUBBLEWRAP)
class BubblewrapLocksWithoutCgroupsTest extends LockPromises {
  BubblewrapLocksWithoutCgroupsTest() {
    super(SandboxKind.BUBBLEWRAP, false);
  }
}
