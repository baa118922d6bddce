// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// What became of the tests of a sample class, which JUnit has run.
final class Ran implements TestExecutionListener {
  private final Map<String, @Nullable Throwable> results = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private Ran() {}

  /// Runs the tests of a class.
  static Ran of(Class<?> sample) {
    return of(sample, Map.of());
  }

  /// Runs the tests of a class with these configuration parameters.
  static Ran of(Class<?> sample, Map<String, String> parameters) {
    var ran = new Ran();
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(sample))
            .configurationParameters(parameters)
            .build();
    LauncherFactory.create().execute(request, ran);
    if (!ran.problems.isEmpty()) {
      throw new AssertionError("containers failed: " + ran.problems);
    }
    return ran;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    var problem = result.getThrowable().orElse(null);
    if (test.isTest()) {
      results.put(test.getDisplayName(), problem);
    } else if (problem != null) {
      problems.add(test.getDisplayName() + ": " + problem);
    }
  }

  /// The display names of the tests, sorted.
  List<String> names() {
    return List.copyOf(results.keySet());
  }

  /// The display names of those that failed, sorted.
  List<String> failed() {
    return results.keySet().stream().filter(name -> results.get(name) != null).toList();
  }

  /// The failure of one test.
  Throwable failure(String name) {
    var failure = results.get(name);
    if (failure == null) {
      throw new AssertionError(name + " has not failed: " + results);
    }
    return failure;
  }

  /// The message of the failure of one test.
  String message(String name) {
    return String.valueOf(failure(name).getMessage());
  }
}
