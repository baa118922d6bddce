// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import tulip.core.LoopOptions.Engine;
import tulip.testing.TulipTest.Clock;
import tulip.testing.TulipTest.Leak;

/// How a test is to run, as the annotations on its method and on the classes around it say.
///
/// @param shuffles in how many random orders
/// @param seed the order that somebody wants to see again
record TestPlan(
    List<Clock> clocks,
    List<Engine> engines,
    int shuffles,
    @Nullable Long seed,
    Set<Leak> allowed) {
  private static final String SEED = "tulip.test.seed";
  private static final Random SEEDS = new Random();
  private static final int MAX_SEED = 1_000_000;

  /// One run of the test.
  ///
  /// @param name how it differs from the other runs; empty if it is the only one
  /// @param seed of the order of its tasks
  record Run(String name, Clock clock, Engine engine, @Nullable Long seed, Set<Leak> allowed) {}

  static TestPlan of(ExtensionContext test) {
    var said = annotations(test);
    var shuffles = said.stream().map(TulipTest::shuffle).filter(times -> times >= 0).findFirst();
    var seed = test.getConfigurationParameter(SEED, Long::valueOf);
    return new TestPlan(
        first(said, TulipTest::clock, Clock.VIRTUAL),
        first(said, TulipTest::engine, Engine.AUTO),
        shuffles.orElse(0),
        seed.orElse(null),
        allowed(said));
  }

  /// The nearest first.
  private static List<TulipTest> annotations(ExtensionContext test) {
    var all = new ArrayList<TulipTest>();
    findAnnotation(test.getRequiredTestMethod(), TulipTest.class).ifPresent(all::add);
    findAnnotation(test.getRequiredTestClass(), TulipTest.class).ifPresent(all::add);
    for (var around : test.getEnclosingTestClasses().reversed()) {
      findAnnotation(around, TulipTest.class).ifPresent(all::add);
    }
    return all;
  }

  private static <E> List<E> first(
      List<TulipTest> said, Function<TulipTest, E[]> attribute, E otherwise) {
    return said.stream()
        .map(attribute)
        .filter(values -> values.length > 0)
        .findFirst()
        .map(List::of)
        .orElse(List.of(otherwise));
  }

  private static Set<Leak> allowed(List<TulipTest> said) {
    var allowed = EnumSet.noneOf(Leak.class);
    for (var one : said) {
      allowed.addAll(List.of(one.allow()));
    }
    return allowed;
  }

  List<Run> runs() {
    var runs = new ArrayList<Run>();
    for (var engine : engines) {
      for (var clock : clocks) {
        addOrders(runs, engine, clock);
      }
    }
    return runs;
  }

  private void addOrders(List<Run> runs, Engine engine, Clock clock) {
    var parts = new ArrayList<String>();
    if (engines.size() > 1) {
      parts.add(engine.name().toLowerCase(java.util.Locale.ROOT));
    }
    if (clocks.size() > 1) {
      parts.add(clock.name().toLowerCase(java.util.Locale.ROOT) + " time");
    }
    if (shuffles == 0) {
      runs.add(new Run(String.join(", ", parts), clock, engine, null, allowed));
      return;
    }
    int orders = seed == null ? shuffles : 1;
    for (int order = 1; order <= orders; order++) {
      var name = new ArrayList<>(parts);
      name.add(seed == null ? "order " + order : "seed " + seed);
      long chosen = seed == null ? SEEDS.nextInt(MAX_SEED) : seed;
      runs.add(new Run(String.join(", ", name), clock, engine, chosen, allowed));
    }
  }

  /// The run of a test that another template repeats.
  Run only() {
    var runs = runs();
    if (runs.size() > 1) {
      throw new ExtensionConfigurationException(
          "@TulipTest beside another template runs with one clock, on one engine, in one order:"
              + " make the others parameters of that template");
    }
    return runs.getFirst();
  }
}
