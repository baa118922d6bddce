// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.LoopOptions;

/// What every [tulip.net.ByteStream] does, whatever wire it stands on.
///
/// Whoever has a wire of their own extends this class in their tests and says how two connected
/// streams are made, and what they cannot do; JUnit runs the cases, on both engines.
///
/// ```java
/// class SerialLineTest extends StreamContract {
///   @Override
///   protected void withPair(StreamLimits limits, PairBlock block) throws Exception {
///     block.run(openLine(limits), openOtherEnd(limits));
///   }
/// }
/// ```
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = LoopOptions.Engine.class,
    names = {"CARRIER", "BATON"})
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StreamContract extends ClosePack {
  /// For subclasses.
  protected StreamContract() {}
}
