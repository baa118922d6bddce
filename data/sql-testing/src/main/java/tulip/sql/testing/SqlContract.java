// SPDX-License-Identifier: Apache-2.0
package tulip.sql.testing;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.LoopOptions;

/// What every database does, whatever driver it is reached by.
///
/// Whoever has a driver extends this class in their tests, says how a database is opened and what
/// it calls its types, and what it cannot do; JUnit runs the cases, on both engines. The cases make
/// and drop tables whose names begin with `tulip_`.
///
/// ```java
/// class ElephantTest extends SqlContract {
///   @Override
///   protected Database open(PoolOptions options) {
///     return Database.open("elephant://localhost/test", options);
///   }
/// }
/// ```
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = LoopOptions.Engine.class,
    names = {"CARRIER", "BATON"})
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SqlContract extends CancelPack {
  /// For subclasses.
  protected SqlContract() {}
}
