// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.LoopOptions;
import tulip.core.Tulip;

/// The loop as a guest of a host that can only run something on its thread soon.
class GuestLoopTest extends LoopContract {
  @Override
  protected LoopOptions options() {
    return LoopOptions.DEFAULT.withName("guest").withEngine(LoopOptions.Engine.CARRIER);
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.RUN));
  }

  @Override
  protected <T extends @Nullable Object> T run(LoopOptions options, Block<T, ?> main)
      throws Exception {
    try (var host = Executors.newSingleThreadExecutor()) {
      return Tulip.<T>runAsGuest(host::execute, options, main).get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }
}
