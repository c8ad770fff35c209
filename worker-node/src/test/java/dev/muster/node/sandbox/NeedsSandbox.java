package dev.muster.node.sandbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test that can only run where a sandbox works; elsewhere it is skipped, and the build says once
/// how many were, and why.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SandboxCondition.class)
public @interface NeedsSandbox {
  /// Which one; `NONE` is content with any.
  SandboxKind value() default SandboxKind.NONE;
}
