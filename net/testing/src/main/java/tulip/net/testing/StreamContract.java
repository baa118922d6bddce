// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import org.junit.jupiter.api.Timeout;

/// What every [tulip.net.ByteStream] does, whatever wire it stands on.
///
/// Whoever has a wire of their own extends this class in their tests and says how two connected
/// streams are made; JUnit runs the cases.
///
/// ```java
/// class SerialLineTest extends StreamContract {
///   @Override
///   protected void withPair(StreamLimits limits, PairBlock block) throws Exception {
///     block.run(openLine(limits), openOtherEnd(limits));
///   }
/// }
/// ```
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StreamContract extends ClosePack {
  /// For subclasses.
  protected StreamContract() {}
}
