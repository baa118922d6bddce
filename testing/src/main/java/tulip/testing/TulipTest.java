// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import tulip.core.LoopOptions;

/// A JUnit test that is a task: it may wait, and its hours pass at once.
///
/// ```java
/// @TulipTest
/// void expires() {
///   var cache = new Cache(ofHours(1));
///   cache.put("k", "v");
///   Tulip.sleep(ofMinutes(61));
///   assertNull(cache.get("k"));
/// }
/// ```
///
/// Each test has a loop of its own. Its `@BeforeEach` methods, the test and its `@AfterEach`
/// methods run one after the other as the same task, the loop's first: a scope or group that one of
/// them opens another may close, and context variables stay set. Between them the loop stands
/// still. Constructors, `@BeforeAll` and `@AfterAll` run on JUnit's thread, on no loop.
///
/// The methods on the loop may have parameters: the [tulip.core.EventLoop]; the
/// [tulip.core.VirtualClock]; and the test alone a [tulip.core.TaskGroup], whose tasks are
/// cancelled when the test returns, and fail it if they fail.
///
/// **A test that passes fails all the same** if it leaves a task, an open resource or a thread
/// behind, or if an error came to nobody's notice: see [Leak]. A test that fails anyway shows what
/// it left behind as suppressed.
///
/// JUnit's `@Timeout` goes by real time. A test that runs into it is cancelled, and shows what each
/// task waited for as suppressed.
///
/// On a class the annotation makes no tests; it says what holds for those in the class and its
/// nested classes that do not say otherwise. It may stand beside `@ParameterizedTest`,
/// `@RepeatedTest` and other templates, which then say how often the test runs: no more than one
/// clock, one engine and no `shuffle` may be asked for.
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@TestTemplate
@ExtendWith(TulipTestExtension.class)
@SuppressWarnings("exports") // JUnit makes the extension, and nobody else needs it
public @interface TulipTest {
  /// What time it is.
  enum Clock {
    /// Time passes when all tasks wait: [tulip.core.VirtualClock#autojump()].
    VIRTUAL,
    /// Time passes when the test says so: [tulip.core.VirtualClock#manual].
    MANUAL,
    /// The system's.
    REAL
  }

  /// What a test must not leave behind.
  enum Leak {
    /// A task that has not ended, though all that was ready got a hundred turns more; or a scope or
    /// group that was not left.
    TASK,
    /// A channel, a socket, whatever the test opened on its loop and did not close: all that tells
    /// the loop's [tulip.core.spi.ResourceTracker].
    RESOURCE,
    /// A platform thread that did not run before and does not end within a second. Not looked for
    /// when JUnit runs tests in parallel, since it may be another one's.
    THREAD,
    /// Something that the loop's exception handler was told of, such as a failure that nobody read,
    /// if the test has set no handler of its own; or an exception that nobody caught in any thread,
    /// if JUnit does not run tests in parallel.
    ERROR
  }

  /// The clock: virtual if nobody says otherwise. The test runs with each.
  Clock[] clock() default {};

  /// The engine: the one that programs get if nobody says otherwise. The test runs on each.
  LoopOptions.Engine[] engine() default {};

  /// In how many random orders the test runs, on each engine: see [LoopOptions#withShuffle]. 0 for
  /// the order in which tasks become ready, which it is if nobody says otherwise.
  ///
  /// A failure shows the seed of its order. With `-Dtulip.test.seed=` and that seed, as a system
  /// property or a configuration parameter of JUnit's, the test runs in that order alone.
  int shuffle() default -1;

  /// What the test may leave behind: nothing if nobody says otherwise.
  Leak[] allow() default {};
}
