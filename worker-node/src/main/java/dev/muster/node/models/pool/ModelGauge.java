package dev.muster.node.models.pool;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the headroom of a node says of models. Each look asks the desk of the cluster and tells
/// what it said before, so that nobody waits; a desk that does not answer refuses nobody.
public final class ModelGauge implements Supplier<@Nullable List<String>> {
  private final ModelPool pool;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile @Nullable List<String> said;

  public ModelGauge(ModelPool pool) {
    this.pool = pool;
    this.said = pool.settings().profiles().isEmpty() ? null : List.of();
  }

  @Override
  public @Nullable List<String> get() {
    if (!pool.settings().profiles().isEmpty() && asking.compareAndSet(false, true)) {
      pool.desk()
          .report()
          .whenComplete((report, failure) -> {
            said =
                failure == null
                    ? Admission.refusals(pool.settings(), report, pool.clock().instant())
                    : List.of();
            asking.set(false);
          });
    }
    return said;
  }
}
