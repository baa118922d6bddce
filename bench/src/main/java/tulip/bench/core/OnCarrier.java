// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tulip.core.LoopOptions;

/// A loop on the carrier engine.
@State(Scope.Benchmark)
public class OnCarrier extends OnLoop {
  /// Called by JMH.
  public OnCarrier() {
    super(LoopOptions.Engine.CARRIER);
  }
}
