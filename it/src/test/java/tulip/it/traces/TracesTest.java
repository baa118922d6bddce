// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.core.VirtualClock;

/// Runs every scenario under the original and on both engines, and compares the traces.
class TracesTest {
  private static final List<Class<? extends Scenarios>> TOPICS =
      List.of(
          Callbacks.class,
          Tasks.class,
          Futures.class,
          Cancellation.class,
          Gathering.class,
          Timeouts.class,
          Groups.class,
          Locks.class,
          Semaphores.class,
          Barriers.class,
          Queues.class,
          Contexts.class,
          Runners.class,
          Scopes.class,
          Nurseries.class,
          Channels.class,
          Limiters.class,
          Streams.class,
          Servers.class,
          Programs.class);

  /// What comes from outside does not wait for virtual time.
  private static final Set<Class<? extends Scenarios>> REAL_TIME =
      Set.of(Streams.class, Servers.class, Programs.class);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern HUMP = Pattern.compile("_(.)");

  private static Map<String, List<String>> originals = Map.of();

  @BeforeAll
  static void runTheOriginals() throws IOException, InterruptedException {
    originals = Original.traces(TOPICS.stream().map(TracesTest::topic).toList());
  }

  @TestFactory
  Stream<DynamicNode> tulipTracesWhatTheOriginalTraces() {
    return TOPICS.stream().map(topic -> dynamicContainer(topic(topic), comparisons(topic)));
  }

  private static Stream<DynamicTest> comparisons(Class<? extends Scenarios> topic) {
    return scenarios(topic).stream()
        .flatMap(scenario ->
            Stream.of(Engine.CARRIER, Engine.BATON)
                .map(engine ->
                    dynamicTest(
                        scenario.getName() + " " + engine.name().toLowerCase(Locale.ROOT),
                        () -> compare(scenario, engine))));
  }

  private static void compare(Method method, Engine engine) {
    var scenario = method.getAnnotation(Scenario.class);
    var theirs = originals(topic(method.getDeclaringClass())).get(method.getName());
    var ours = assertTimeoutPreemptively(PATIENCE, () -> trace(method, engine));
    if (!scenario.difference().isEmpty()) {
      assertEquals(List.of(scenario.trace()), ours);
      assertNotEquals(theirs, ours, "there is no difference any more");
    } else if (!scenario.unjudged().isEmpty()) {
      assertEquals(List.of(scenario.trace()), ours);
    } else {
      assertEquals(theirs, ours);
    }
  }

  private static List<String> trace(Method scenario, Engine engine) throws Exception {
    var options = LoopOptions.DEFAULT.withEngine(engine).withInterruptible(false);
    if (!REAL_TIME.contains(scenario.getDeclaringClass())) {
      options = options.withClock(VirtualClock.autojump());
    }
    if (scenario.getDeclaringClass() == Runners.class) {
      var runners = new Runners(options);
      scenario.invoke(runners);
      return runners.lines();
    }
    return Tulip.run(options, () -> inTask(scenario)).lines();
  }

  private static Scenarios inTask(Method scenario) throws ReflectiveOperationException {
    var topic = (Scenarios) scenario.getDeclaringClass().getDeclaredConstructor().newInstance();
    EventLoop.current().setExceptionHandler(error -> topic.trace("reported: " + error));
    scenario.invoke(topic);
    return topic;
  }

  /// A topic has the same scenarios in both languages, less what the original cannot judge.
  @TestFactory
  Stream<DynamicTest> bothLanguagesHaveTheSameScenarios() {
    return TOPICS.stream()
        .map(topic ->
            dynamicTest(
                topic(topic),
                () -> {
                  var judged = new TreeSet<String>();
                  scenarios(topic).stream()
                      .filter(it -> it.getAnnotation(Scenario.class).unjudged().isEmpty())
                      .forEach(it -> judged.add(it.getName()));
                  assertEquals(new TreeSet<>(originals(topic(topic)).keySet()), judged);
                }));
  }

  private static String topic(Class<?> topic) {
    return topic.getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static List<Method> scenarios(Class<?> topic) {
    return Arrays.stream(topic.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Scenario.class))
        .toList();
  }

  /// The original's traces of one topic by the names that its scenarios have in Java.
  private static Map<String, List<String>> originals(String topic) {
    var prefix = topic + ".";
    var traces = new TreeMap<String, List<String>>();
    originals.forEach((name, trace) -> {
      if (name.startsWith(prefix)) {
        traces.put(inJava(name.substring(prefix.length())), new ArrayList<>(trace));
      }
    });
    return traces;
  }

  private static String inJava(String name) {
    return HUMP.matcher(name).replaceAll(hump -> hump.group(1).toUpperCase(Locale.ROOT));
  }
}
