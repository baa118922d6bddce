// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A method that traces what the Python function of the same name traces.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Scenario {
  /// Why Tulip does otherwise than the original; [#trace] is what it does.
  String difference() default "";

  /// Why the Python of Debian 12 cannot judge, and has no such function; [#trace] is what Tulip
  /// does.
  String unjudged() default "";

  /// Tulip's trace, where the original does not give it.
  String[] trace() default {};
}
