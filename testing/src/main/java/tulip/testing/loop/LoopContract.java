// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.LoopOptions;
import tulip.core.Tulip;

/// What every loop does, as a JUnit test class for the maker of a loop to extend.
///
/// ```java
/// class EpollLoopTest extends LoopContract {
///   protected LoopOptions options() {
///     return LoopOptions.DEFAULT.withPoller(EpollPoller::new);
///   }
/// }
/// ```
///
/// A loop that lives in a host's overrides [#run] too, and says in [#capabilities] what it lacks;
/// the cases that need it are left out then.
///
/// The cases describe asyncio's behaviour; where Tulip differs from it on purpose, the case says
/// so. They run in a new order each time, each with a limit of ten seconds. When all have run, a
/// report card is printed and written to `target/conformance`, with the seed of the order: give it
/// as `-Djunit.jupiter.execution.order.random.seed` to have the same order again.
public abstract class LoopContract extends WaitPack {
  /// For subclasses.
  protected LoopContract() {}

  /// How the loop is made. The cases change its name and its clock.
  @Override
  protected abstract LoopOptions options();

  /// What the loop can do: everything, if nothing else is said.
  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  /// Runs a main task on a new loop, until the task is done and the loop has ended in order.
  ///
  /// @return what the task returned
  /// @throws Exception what the task threw, as it is; or an error
  @Override
  protected <T extends @Nullable Object> T run(LoopOptions options, Block<T, ?> main)
      throws Exception {
    return Tulip.run(options, main::run);
  }
}
