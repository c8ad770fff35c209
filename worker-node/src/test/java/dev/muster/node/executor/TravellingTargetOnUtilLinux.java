package dev.muster.node.executor;

import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxKind;

@NeedsSandbox(SandboxKind.UTIL_LINUX)
class TravellingTargetOnUtilLinux extends TravellingTargetTest {
  @Override
  SandboxKind kind() {
    return SandboxKind.UTIL_LINUX;
  }
}
