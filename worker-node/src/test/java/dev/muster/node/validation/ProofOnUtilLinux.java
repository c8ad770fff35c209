package dev.muster.node.validation;

import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxKind;

@NeedsSandbox(SandboxKind.UTIL_LINUX)
class ProofOnUtilLinux extends ProofTest {
  @Override
  SandboxKind kind() {
    return SandboxKind.UTIL_LINUX;
  }
}
