// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import tulip.core.LoopOptions.Engine;

/// A test whose body runs in a fresh JVM, once an engine.
///
/// The method has one parameter, the [tulip.core.LoopOptions] that ask for the engine. On the baton
/// the JVM is started without the flag that the carrier needs.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(FreshJvm.class)
@interface OnEachEngine {
  /// Which engines.
  Engine[] value() default {Engine.CARRIER, Engine.BATON};

  /// More options of the JVM.
  String[] jvm() default {};

  /// Whether it needs a screen.
  boolean screen() default false;
}
