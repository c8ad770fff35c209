package dev.muster.node.sandbox;

@NeedsSandbox(SandboxKind.BUBBLEWRAP)
class BubblewrapLocksTest extends LockPromises {
  BubblewrapLocksTest() {
    super(SandboxKind.BUBBLEWRAP, true);
  }
}
