// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A test that runs on both engines; it takes the engine as its argument.
@Retention(RetentionPolicy.RUNTIME)
@SuppressWarnings("exports") // nobody outside uses it, and JUnit is no part of the module
@ParameterizedTest
@EnumSource(
    value = LoopOptions.Engine.class,
    names = {"CARRIER", "BATON"})
public @interface BothEngines {}
