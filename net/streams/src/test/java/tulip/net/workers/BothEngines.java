// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.LoopOptions;

/// A test that runs on both engines; it takes the engine as its argument.
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(
    value = LoopOptions.Engine.class,
    names = {"CARRIER", "BATON"})
@interface BothEngines {}
