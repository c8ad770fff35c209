package dev.muster.node.sandbox;

@NeedsSandbox(SandboxKind.BUBBLEWRAP)
class BubblewrapSandboxTest extends SandboxPromises {
  BubblewrapSandboxTest() {
    super(SandboxKind.BUBBLEWRAP);
  }
}
